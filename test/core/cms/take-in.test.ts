import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type Id } from '#shared/article';
import type { ArticleDelivery } from '#shared/api';
import type { Handlers } from '#shared/contract';
import { originsOf } from '../../../src-main/core/articles/origins.ts';
import { cmsHandlers } from '../../../src-main/core/cms/index.ts';
import { deliverDue } from '../../../src-server/delivery/index.ts';
import { addChannel } from '../../../src-server/store/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import { serveCms, type ServedCms } from '../../helpers/cms/cms.ts';
import { virtualWordPress } from '../../helpers/cms/virtual-wordpress.ts';
import { openNewsroom, type TestNewsroom } from '../sync/newsroom.ts';
import { openStation, type Station } from '../sync/station.ts';

let newsroom: TestNewsroom;
let blog: ServedCms;
let rim: Station;
let slot: Station;
let channel: Id;
let article: Id;

const ACCOUNT = { login: 'stet', password: 'abcd efgh ijkl', role: 'editor' as const };

beforeEach(async () => {
  newsroom = await openNewsroom();
  blog = await serveCms((url) => virtualWordPress({ url, account: ACCOUNT }));
  const { context, deliveries } = newsroom.server;
  await deliveries.stop();
  channel = newId(context.clock, context.random);
  await context.store.write((unit) =>
    addChannel(unit, {
      id: channel,
      kind: 'wordpress',
      name: 'The blog',
      address: blog.url,
      account: ACCOUNT.login,
      secret: context.secrets.seal(ACCOUNT.password),
      desks: null,
    }),
  );
  const desk = newsroom.desk.id;
  rim = await openStation({ url: newsroom.url, login: 'rim', desk });
  slot = await openStation({ url: newsroom.url, login: 'slot', desk });
  article = rim.create('Floods close the road', 'The river rose.', 'The dam holds.', 'It rains.');
  await approveAndPublish();
});
afterEach(async () => {
  await rim.remove();
  await slot.remove();
  await newsroom.remove();
  await blog.close();
});

/** From the copy editor’s desk to the readers of the blog. */
async function approveAndPublish(): Promise<void> {
  rim.command(article, 'submit');
  await rim.sync();
  await slot.sync();
  slot.command(article, 'approve');
  await slot.sync();
  slot.command(article, 'publish');
  await slot.sync();
  await rim.sync();
  await deliverDue(newsroom.server.context);
}

const handlersOf = ({ store, session, engine }: Station): Pick<Handlers, 'deliveries.takeIn'> =>
  cmsHandlers({
    store,
    session,
    emit: () => undefined,
    person: () => session.person()!,
    clock: Date.now,
    wake: () => engine.nudge(),
    statusChanged: () => undefined,
  });
const takeIn = async (station: Station, theirs: string) =>
  handlersOf(station)['deliveries.takeIn']({ article, channel, theirs });

async function standing(): Promise<ArticleDelivery> {
  const server = await slot.session.server();
  const { deliveries } = await server.call('deliveries', { params: { id: article } });
  return deliveries[0]!;
}

const post = () => blog.cms.posts()[0]!;
const editThere = (from: string, to: string): void => {
  const { id, body } = post();
  expect(body).toContain(from);
  blog.cms.edit(id, { body: body.replace(from, to) });
};
const write = (station: Station, index: number, words: string): void =>
  station.edit(article, { blocks: [paragraph(words, station.block(article, index).$.id)] });

/** Somebody edits the post, and the article is published once more, which stops before their words. */
async function meetThere(): Promise<string> {
  editThere('The dam holds.', 'The old dam holds.');
  write(rim, 2, 'It rains again.');
  await approveAndPublish();
  const { standing: how, theirs } = await standing();
  expect(how).toBe('changed');
  return theirs!;
}

describe('what somebody changed in a CMS', () => {
  it('is joined with the article as a colleague’s work is, and goes there with what is published next', async () => {
    const theirs = await meetThere();
    const { deliveries } = await takeIn(slot, theirs);
    expect(deliveries[0]).toMatchObject({ standing: 'taken-in', theirs });
    await slot.sync();
    await rim.sync();
    for (const station of [slot, rim])
      expect(station.texts(article)).toEqual([
        'The river rose.',
        'The old dam holds.',
        'It rains again.',
      ]);
    const notes = slot.store.revisions.list(article).map(({ envelope }) => envelope.note);
    expect(notes).toContain('As changed on The blog');

    await approveAndPublish();
    expect(post().body).toContain('The old dam holds.');
    expect(post().body).toContain('It rains again.');
    expect(await standing()).toMatchObject({ standing: 'done', theirs: null, problem: '' });
  });

  it('stands beside the editor’s words where both changed the same', async () => {
    const theirs = await meetThere();
    write(slot, 1, 'The new dam holds.');
    await takeIn(slot, theirs);
    await slot.sync();
    const copy = slot.store.working.read(article)!;
    const [origins] = originsOf(slot.store, copy.content, copy.base);
    expect(origins?.versions.map((one) => one?.by).sort()).toEqual([
      'Jonah Okafor',
      'somebody on The blog',
    ]);
    expect(slot.block(article, 1)).toMatchObject({
      type: 'conflict',
      versions: expect.arrayContaining([
        expect.objectContaining({ children: [{ type: 'text', text: 'The old dam holds.' }] }),
        expect.objectContaining({ children: [{ type: 'text', text: 'The new dam holds.' }] }),
      ]) as unknown,
    });
  });

  it('is taken in once, however often somebody asks for it', async () => {
    const theirs = await meetThere();
    await takeIn(slot, theirs);
    await slot.sync();
    const count = slot.store.revisions.list(article).length;
    await takeIn(slot, theirs);
    await slot.sync();
    expect(slot.store.revisions.list(article)).toHaveLength(count);
  });

  it('is left where it is while the server cannot be reached', async () => {
    const theirs = await meetThere();
    const before = slot.texts(article);
    await newsroom.stop();
    await expect(takeIn(slot, theirs)).rejects.toThrow('Nothing has changed.');
    expect(slot.texts(article)).toEqual(before);
    await newsroom.start();
    expect(await standing()).toMatchObject({ standing: 'changed', theirs });
  });

  it('is not taken in from a version that was changed once more', async () => {
    const theirs = await meetThere();
    const before = slot.texts(article);
    await expect(takeIn(slot, 'ab'.repeat(32))).rejects.toThrow('changed once more');
    expect(slot.texts(article)).toEqual(before);
    expect((await standing()).theirs).toBe(theirs);
  });

  it('has no words to take in where it was deleted', async () => {
    blog.cms.remove(post().id);
    write(rim, 2, 'It rains again.');
    await approveAndPublish();
    const { theirs } = await standing();
    await expect(takeIn(slot, theirs!)).rejects.toThrow('It was deleted on The blog');
  });

  it('is the chief’s to take in', async () => {
    const theirs = await meetThere();
    await expect(takeIn(rim, theirs)).rejects.toThrow('Only a desk chief');
  });
});
