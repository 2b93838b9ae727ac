import { everythingIn, valuesOf } from '../acts/text.ts';
import type { CommentEntry } from '#shared/api';
import { canonicalJson, emptyFields, type Id } from '#shared/article';
import { marksInVaults } from '../world/held.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { madeByBreak } from './breaks.ts';
import { isLeftBeside, leftWithReaders } from './left-behind.ts';
import { contentOf, lineage, type Frozen, type Revisions, type ServerDisk } from './server-disk.ts';

/** What no one has to write: a field as it is before anybody touched it. */
const UNTOUCHED = new Set(valuesOf(emptyFields()));

/**
 * Marked words in work that a client keeps where its person sees it: what the server refused, and what was unsent when
 * the article was closed to them, which is in the vault.
 */
function keptAside(world: Pick<World, 'clients'>, article: Id): Set<string> {
  const kept = marksInVaults(world.clients, article);
  for (const { core } of world.clients)
    for (const { op, state, message } of core?.store.outbox.entriesOf(article) ?? [])
      if (state === 'parked' && message !== '')
        for (const mark of marksIn(op.payload)) kept.add(mark);
  return kept;
}

function lostWord(
  { ledger }: Pick<World, 'ledger'>,
  disk: Revisions,
  head: Frozen,
  keptAside: () => ReadonlySet<string>,
): string | null {
  const { article } = head;
  const marks = marksIn(contentOf(head));
  const missing = ledger.standing(article).filter((mark) => !marks.has(mark));
  if (missing.length === 0) return null;
  const kept = keptAside();
  // What is kept aside never came to the server: a word that did has to stand in the head.
  return missing.find((mark) => !kept.has(mark) || isOnServer(disk, article, mark)) ?? null;
}

/** In this article: what was brought back from the vault as a new one stands in that. */
function isOnServer(disk: Revisions, article: Id, mark: string): boolean {
  return [...disk.revisions.values()].some(
    ({ article: of, bytes }) => of === article && bytes.includes(mark),
  );
}

function strangeWord(
  { ledger }: Pick<World, 'ledger'>,
  disk: Revisions,
  head: Frozen,
): string | null {
  const { article } = head;
  return (
    everythingIn(contentOf(head)).find(
      // An empty cell, of a new row in a column of another, says nothing.
      (passage) =>
        passage !== '' &&
        !UNTOUCHED.has(passage) &&
        !ledger.wasWritten(article, passage) &&
        !ledger.wasPartWritten(article, passage) &&
        !madeByBreak(disk, article, passage),
    ) ?? null
  );
}

/** Every sentence that someone saved and no one took out stands in the head, and none that no one wrote. */
export function checkTexts(world: World, disk: ServerDisk): void {
  for (const article of world.articles) {
    const record = disk.articles.get(article);
    const head = disk.revisions.get(record?.head ?? '');
    if (!head) {
      const kept = [keptAside(world, article), leftWithReaders(world, article)];
      const mark = world.ledger
        .standing(article)
        .find((one) => !kept.some((marks) => marks.has(one)));
      if (mark !== undefined)
        world.broken(9, `Article ${article} never reached the server, with ${mark} in it.`);
      continue;
    }
    checkHead(world, disk, head, () => keptAside(world, article));
    if (world.violation()) return;
  }
}

/**
 * The same for one article of which the head is known; `keptAside` gives the marked words that are kept where their person
 * sees them, and never came to the server.
 */
export function checkHead(
  world: Pick<World, 'ledger' | 'broken'>,
  disk: Revisions,
  head: Frozen,
  keptAside: () => ReadonlySet<string>,
): void {
  const { article } = head;
  const lost = lostWord(world, disk, head, keptAside);
  if (lost !== null) {
    const writer = world.ledger.writerOf(lost);
    world.broken(
      wasRemovedByMerge(disk, lost, article) ? 8 : 2,
      `“${lost}”, saved on client ${writer}, is not in the head of ${article}, and no one took it out.`,
    );
    return;
  }
  const strange = strangeWord(world, disk, head);
  if (strange === null) unreachable(world, disk, head);
  else world.broken(3, `“${strange}” stands in the head of ${article}, and no one wrote it.`);
}

/** Whether a comment was refused since the server had lost its article, or its thread, and stays so although that is back. */
function isRefusedInVain({ clients, watch }: World, disk: ServerDisk, said: CommentEntry): boolean {
  const { id, article, thread } = said;
  const isThere = disk.articles.has(article) && (thread === id || disk.comments.has(thread));
  return (
    isThere &&
    clients.some(({ core }) =>
      core?.store.outbox
        .entriesOf(article)
        .some(
          ({ op, state }) =>
            state === 'parked' &&
            op.payload.kind === 'comment' &&
            op.payload.entry.id === id &&
            ['unknown-article', 'malformed'].includes(watch.refusalOf(op.id) ?? ''),
        ),
    )
  );
}

/** What was said beside the text stands on the server as it was said, with the passage that it speaks of. */
export function checkComments(world: World, disk: ServerDisk): void {
  const { ledger, broken } = world;
  for (const [mark, { client, comment }] of ledger.said()) {
    const under = disk.comments.get(comment.id);
    // Who gives a comment of theirs the id of one that a restored server lost keeps that from coming back: it stays refused.
    const stands = under?.author === comment.author ? under : undefined;
    if (stands && canonicalJson(stands) === canonicalJson(comment)) continue;
    const isLeft = !disk.articles.has(comment.article) && isLeftBeside(world, client, comment);
    if (!stands && isRefusedInVain(world, disk, comment))
      broken(
        2,
        `“${mark}”, a comment of client ${client}, stays refused for want of what is there.`,
      );
    if (stands)
      broken(2, `A comment of client ${client} became another one: ${JSON.stringify(stands)}`);
    else if (!isLeft && !keptAside(world, comment.article).has(mark))
      broken(2, `“${mark}”, a comment of client ${client}, is nowhere, and no one took it out.`);
  }
}

/** Whether the word reached the server and went missing where two lines met. */
function wasRemovedByMerge(disk: Revisions, mark: string, article: Id): boolean {
  return [...disk.revisions.values()].some(
    (revision) =>
      revision.article === article &&
      revision.parents.length === 2 &&
      !revision.bytes.includes(mark) &&
      revision.parents.some((parent) => disk.revisions.get(parent)?.bytes.includes(mark)),
  );
}

function unreachable(
  { broken }: Pick<World, 'broken'>,
  disk: Revisions,
  { hash: newest, article }: Frozen,
): void {
  const sides = disk.sides.filter((side) => side.article === article).map((side) => side.revision);
  if (sides.length > 0) {
    broken(1, `A side revision of ${article} was never merged: ${sides.join()}`);
    return;
  }
  const reached = lineage(disk, [newest]);
  for (const { hash, article: of } of disk.revisions.values())
    if (of === article && !reached.has(hash)) {
      broken(2, `Revision ${hash} of ${article} is no ancestor of its head.`);
      return;
    }
}
