import { randomBytes } from 'node:crypto';
import type { OpAnswer } from '#shared/api';
import { sealRevision, sha256Hex, type Content, type Id } from '#shared/article';
import { anId, content } from '../helpers/articles.ts';
import type { Core } from './core.ts';
import type { Device } from './device.ts';
import type { Ledger } from './ledger.ts';
import type { Newsroom } from './newsroom.ts';

const SCHEDULED_AHEAD_MS = 1500;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

let articles = 0;

/** A colleague and a chief take one article from nothing to readers, or to a time at which it is to appear. */
export async function publishOne(
  { desk }: Newsroom,
  { editor, chief, ledger }: { editor: Device; chief: Device; ledger: Ledger },
): Promise<void> {
  const number = (articles += 1);
  const article = anId();
  const words = `The river rose by ${number} metres overnight.`;
  const of = content({ fields: { desk: desk.id, headline: `Floods ${number}` }, body: [words] });
  const { hash, ...first } = revisionOf(editor, article, of);
  const submit = act(article, hash, 'submit', 'draft');
  accepted(
    await editor.push([{ kind: 'revision', revision: { hash, ...first }, base: null }, submit]),
  );
  ledger.acts.push({ article, transition: 'submit' });
  if (number % 5 === 0) await addPicture(editor, ledger);

  const approve = act(article, hash, 'approve', 'in-review');
  if (number % 3 === 0) {
    const at = Date.now() + SCHEDULED_AHEAD_MS;
    const schedule = act(article, hash, 'schedule', 'approved');
    const moment = new Date(at).toISOString();
    const answers = await chief.push([approve, { ...schedule, at: moment }]);
    accepted(answers.slice(0, 1));
    ledger.acts.push({ article, transition: 'approve' });
    // The servers may have been down until the time was over; then the refusal is the permanent answer.
    if (answers[1]?.outcome === 'accepted') ledger.scheduled.push({ article, at });
    return;
  }
  const answers = await chief.push([approve, act(article, hash, 'publish', 'approved')]);
  accepted(answers);
  ledger.acts.push({ article, transition: 'approve' }, { article, transition: 'publish' });
  const url = answers[1]?.record?.publicUrl;
  if (!url) throw new Error('A published article has no address.');
  ledger.pages.push({ path: new URL(url).pathname, words });
}

function act<T extends string, S extends string>(
  article: Id,
  revision: string,
  transition: T,
  expectedState: S,
) {
  return { kind: 'transition' as const, article, transition, expectedState, revision };
}

function revisionOf({ id, person }: Device, article: Id, of: Content) {
  const envelope = { author: person, device: id, at: new Date().toISOString() };
  return { ...sealRevision(article, [], of), article, envelope };
}

function accepted(answers: readonly OpAnswer[]): void {
  for (const { outcome, code, message } of answers)
    if (outcome !== 'accepted') throw new Error(`Not accepted: ${code ?? ''} ${message ?? ''}`);
}

async function addPicture(editor: Device, ledger: Ledger): Promise<void> {
  const bytes = new Uint8Array([...PNG, ...randomBytes(20_000)]);
  const hash = sha256Hex(bytes);
  const response = await editor.request('PUT', `/v1/assets/${hash}`, bytes);
  if (response.status !== 204) throw new Error(`A picture was refused: ${await response.text()}`);
  ledger.pictures.push({ hash, bytes });
}

/** Someone types an article at a core, block by block, comments on it and submits it. */
export async function typeOne(core: Core, ledger: Ledger): Promise<void> {
  const number = (articles += 1);
  const { article } = await core.call('article.create', { headline: `Typed ${number}` });
  let { generation } = await core.call('article.edit', {
    article,
    generation: 1,
    fields: { section: 'News Room', slugline: `TYPED-${number}` },
  });
  let after: string | null = null;
  for (let line = 1; line <= 4; line += 1) {
    const block = `line-${number}-${line}`.padEnd(10, '0');
    const words = `Line ${line} of article ${number}, ${randomBytes(4).toString('hex')}.`;
    const children = [{ type: 'text' as const, text: words }];
    ({ generation } = await core.call('article.edit', {
      article,
      generation,
      blocks: [{ type: 'paragraph', $: { id: block }, children }],
      placed: [{ id: block, after }],
    }));
    ledger.blocks.push({ article, block, words });
    after = block;
  }
  const text = `Checked by telephone, ${number}.`;
  await core.call('comments.add', { article, thread: null, anchor: null, kind: 'comment', text });
  await core.call('article.transition', { article, transition: 'submit' });
  ledger.acts.push({ article, transition: 'submit' });
}
