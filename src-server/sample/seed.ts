import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { basename } from 'node:path';
import {
  newId,
  newLocalId,
  sealRevision,
  sha256Hex,
  type Content,
  type Fields,
  Fields as FieldsSchema,
  type Hash,
  type Id,
  type ImageInfo,
} from '#shared/article';
import type { Desk, OpPayload, Person } from '#shared/api';
import type { Transition, WorkflowState } from '#shared/workflow';
import { admitDevice, changeNewsroom, createNewsroom, hashPassword } from '../accounts/index.ts';
import { storeAsset } from '../assets/index.ts';
import type { ServerContext } from '../context.ts';
import { savePerson } from '../store/index.ts';
import { push } from '../sync/index.ts';
import { parseArticleSource, spanOf, type ArticleSource } from './article-source.ts';
import { parseBody } from './body-source.ts';
import { ADMIN, CAST, DESKS, DONATIONS_URL, NEWSROOM_NAME, SECTIONS } from './cast.ts';
import { drawLandscape, SCENES, type SceneName } from './landscape.ts';

const SOURCES = fileURLToPath(
  new URL('../../resources/sample-newsroom/articles/', import.meta.url),
);

/** A person who can sign in to the sample, with the password that was made up for them. */
export interface SampleLogin {
  login: string;
  password: string;
  name: string;
  role: string;
}

/** A context whose clock the seeding sets, so that each act happens when its article says. */
export interface SeedContext extends ServerContext {
  setClock: (milliseconds: number) => void;
}

interface Actor {
  person: Person;
  device: Id;
  seq: number;
}

interface Act {
  at: number;
  by: string;
  payload: () => OpPayload;
}

export async function readSources(): Promise<ArticleSource[]> {
  const files = (await readdir(SOURCES)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(
    files.map(async (name) =>
      parseArticleSource(basename(name, '.txt'), await readFile(`${SOURCES}${name}`, 'utf8')),
    ),
  );
}

/** Fills an empty server with the sample newsroom, by the same operations that people's devices send. */
export async function seedSample(
  context: SeedContext,
  siteUrl: string,
  now: number,
): Promise<SampleLogin[]> {
  const sources = await readSources();
  context.setClock(now - 40 * 86_400_000);
  const { actors, desks, people, logins } = await createCast(context, siteUrl);
  const images = await drawImages(context);
  const ids = new Map(sources.map(({ key }) => [key, newId(context.clock, context.random)]));
  const acts = sources.flatMap((source) =>
    actsOf(source, { context, now, sources, ids, people, desks, images, actors }),
  );
  acts.sort((a, b) => a.at - b.at);
  for (const act of acts) {
    context.setClock(act.at);
    await perform(context, actors, act);
  }
  return logins;
}

async function createCast(
  context: SeedContext,
  siteUrl: string,
): Promise<{ actors: Map<string, Actor>; desks: Desk[]; people: Person[]; logins: SampleLogin[] }> {
  const password = (): string => Buffer.from(context.random(9)).toString('base64url');
  const logins: SampleLogin[] = [{ ...ADMIN, password: password(), role: 'newsroom admin' }];
  const { desks, admin } = await createNewsroom(context, {
    name: NEWSROOM_NAME,
    siteUrl,
    sections: SECTIONS,
    desks: DESKS,
    admin: { ...ADMIN, password: logins[0]?.password ?? password() },
  });
  await changeNewsroom(context, null, { donationsUrl: DONATIONS_URL });
  const people: Person[] = [admin];
  const actors = new Map<string, Actor>();
  for (const part of CAST) {
    const { login, name, role } = part;
    const secret = login === null ? null : password();
    const person: Person = {
      id: newId(context.clock, context.random),
      login,
      name,
      affiliation: part.affiliation ?? '',
      admin: false,
      active: true,
      memberships: role
        ? desks
            .filter((desk) => part.desks?.includes(desk.name) ?? true)
            .map((desk) => ({ desk: desk.id, role }))
        : [],
    };
    const passwordHash = secret === null ? null : await hashPassword(secret);
    const device = newId(context.clock, context.random);
    await context.store.write(async (unit) => {
      await savePerson(unit, person, passwordHash);
      if (login !== null)
        await admitDevice(context, unit, person, { id: device, name: 'Sample archive' });
    });
    people.push(person);
    if (login === null || secret === null) continue;
    logins.push({
      login,
      password: secret,
      name,
      role: role === 'desk-chief' ? 'desk chief' : 'copy editor',
    });
    actors.set(login, { person, device, seq: 0 });
  }
  return { actors, desks, people, logins };
}

async function drawImages(context: ServerContext): Promise<Map<string, ImageInfo>> {
  const images = new Map<string, ImageInfo>();
  for (const name of Object.keys(SCENES) as SceneName[]) {
    const { bytes, width, height } = drawLandscape(name);
    const asset = sha256Hex(bytes);
    const mime = await storeAsset(context, asset, bytes);
    images.set(name, { asset, mime, width, height, caption: '', credit: '', alt: '' });
  }
  return images;
}

interface Setting {
  context: SeedContext;
  now: number;
  sources: readonly ArticleSource[];
  ids: ReadonlyMap<string, Id>;
  people: readonly Person[];
  desks: readonly Desk[];
  images: ReadonlyMap<string, ImageInfo>;
  actors: ReadonlyMap<string, Actor>;
}

function fieldsOf(source: ArticleSource, setting: Setting): Fields {
  const { context, people, desks, sources, ids, images, now } = setting;
  const id = (): string => newLocalId(context.random);
  const person = (name: string): Id | undefined => people.find((one) => one.name === name)?.id;
  const [scene = '', caption = '', credit = '', alt = ''] = source.image
    .split('|')
    .map((part) => part.trim());
  const image = images.get(scene);
  return FieldsSchema.parse({
    ...source,
    desk: desks.find(({ name }) => name === source.desk)?.id ?? null,
    byline: source.byline.map((name) => {
      const desk = desks.find((one) => one.name === name)?.id;
      return { id: id(), name, person: person(name), desk };
    }),
    contributors: source.contributors.map((text) => {
      const [, name = text, affiliation = ''] = /^(.*?)(?: \((.*)\))?$/.exec(text) ?? [];
      const kind = name.endsWith('Service') ? 'service' : 'person';
      return { id: id(), name, affiliation, kind, person: person(name) };
    }),
    related: [
      ...source.related.flatMap((key) => {
        const other = sources.find((one) => one.key === key);
        if (!other) throw new Error(`${source.key}: no related article ${key}.`);
        const postedOn = new Date(now - spanOf(other.age)).toISOString().slice(0, 10);
        const { headline: title, teaser, standfirst, desk } = other;
        return {
          id: id(),
          title,
          postedOn,
          publication: NEWSROOM_NAME,
          desk,
          teaser: teaser || standfirst,
          article: ids.get(key),
        };
      }),
      ...source.outside.map((text) => {
        const [title, url, publication] = text.split('|').map((part) => part.trim());
        return { id: id(), title, url, publication };
      }),
    ],
    leadImage: image ? { ...image, caption, credit, alt } : null,
  });
}

/** Every act in an article's life, up to the state its source asks for. */
function actsOf(source: ArticleSource, setting: Setting): Act[] {
  const { context, now, ids, actors } = setting;
  const article = ids.get(source.key) ?? '';
  const author = actors.get(source.author);
  if (!author) throw new Error(`${source.key}: no person ${source.author}.`);
  const chief = source.author === 'haidari' ? 'slot' : 'haidari';
  const end = now - spanOf(source.age);
  const before = (minutes: number): number => end - minutes * 60_000;
  const stamp = (at: number): string => new Date(at).toISOString();

  const content: Content = {
    fields: fieldsOf(source, setting),
    body: parseBody(source.text, context.random, { by: author.person.id, at: stamp(end) }),
    conflicts: [],
  };
  const first = sealRevision(article, [], content);
  const acts: Act[] = [];
  const revise = (
    at: number,
    by: string,
    sealed: { hash: Hash; bytes: string },
    base: Hash | null,
  ): void => {
    const { person, device } = actors.get(by) ?? author;
    acts.push({
      at,
      by,
      payload: () => ({
        kind: 'revision',
        revision: { ...sealed, article, envelope: { author: person.id, device, at: stamp(at) } },
        base,
      }),
    });
  };
  const move = (
    at: number,
    by: string,
    transition: Transition,
    expectedState: WorkflowState,
    revision: Hash,
    extra: { reason?: string; at?: string } = {},
  ): void => {
    acts.push({
      at,
      by,
      payload: () => ({
        kind: 'transition',
        article,
        transition,
        revision,
        expectedState,
        ...extra,
      }),
    });
  };

  const { state } = source;
  const { hash } = first;
  revise(before(state === 'draft' ? 0 : 190), source.author, first, null);
  if (state !== 'draft')
    move(state === 'in-review' ? end : before(120), source.author, 'submit', 'draft', hash);
  if (state === 'sent-back')
    move(end, chief, 'send-back', 'in-review', hash, { reason: source.reason });
  if (['approved', 'scheduled', 'published', 'withdrawn'].includes(state))
    move(state === 'approved' ? end : before(30), chief, 'approve', 'in-review', hash);
  if (state === 'scheduled')
    move(end, chief, 'schedule', 'approved', hash, { at: stamp(now + spanOf(source.in)) });
  if (state === 'published' || state === 'withdrawn')
    move(state === 'withdrawn' ? before(20) : end, chief, 'publish', 'approved', hash);
  if (state === 'withdrawn')
    move(end, chief, 'withdraw', 'published', hash, { reason: source.reason });
  if (source.correction !== '' || source.update !== '') {
    const at = end + 94 * 60_000;
    const next = structuredClone(content);
    if (source.correction !== '')
      next.fields.corrections.push({
        id: newLocalId(context.random),
        note: source.correction,
        at: stamp(at),
      });
    if (source.update !== '')
      next.body.push(
        ...parseBody(source.update, context.random, { by: author.person.id, at: stamp(at) }),
      );
    const second = sealRevision(article, [hash], next);
    revise(at, source.author, second, hash);
    move(at + 60_000, chief, 'approve', 'published', second.hash);
    move(
      at + 120_000,
      chief,
      source.correction === '' ? 'publish' : 'correct',
      'approved',
      second.hash,
    );
  }
  for (const [index, text] of source.comment.entries()) {
    const [by = '', quote = '', words = ''] = text.split('|').map((part) => part.trim());
    const at = end + (index + 1) * 60_000;
    const block = content.body.find((one) => JSON.stringify(one).includes(quote));
    const id = newId(() => at, context.random);
    const anchor = block && quote ? { block: block.$.id, quote, offset: 0 } : null;
    const writer = actors.get(by) ?? author;
    acts.push({
      at,
      by,
      payload: () => ({
        kind: 'comment',
        entry: {
          id,
          article,
          thread: id,
          kind: 'comment',
          anchor,
          text: words,
          author: writer.person.id,
          at: stamp(at),
        },
      }),
    });
  }
  if (source.binned)
    acts.push({
      at: end + 60_000,
      by: source.author,
      payload: () => ({ kind: 'bin', article, binned: true }),
    });
  return acts;
}

async function perform(
  context: SeedContext,
  actors: ReadonlyMap<string, Actor>,
  act: Act,
): Promise<void> {
  const actor = actors.get(act.by);
  if (!actor) throw new Error(`No person ${act.by} in the sample newsroom.`);
  actor.seq += 1;
  const payload = act.payload();
  const { answers } = await push(context, () => Promise.resolve(actor.person), {
    device: actor.device,
    ops: [
      {
        seq: actor.seq,
        id: newId(context.clock, context.random),
        at: new Date(act.at).toISOString(),
        payload,
      },
    ],
  });
  const [answer] = answers;
  if (answer?.outcome !== 'accepted')
    throw new Error(
      `The sample newsroom could not be set up: ${payload.kind} by ${act.by}: ${answer?.message ?? 'no answer'}`,
    );
}
