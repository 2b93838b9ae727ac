import { everythingIn, valuesOf } from '../acts/text.ts';
import { canonicalJson, emptyFields, type Content, type Id } from '#shared/article';
import { marksInVaults } from '../world/held.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { madeByBreak } from './breaks.ts';
import { isLeftBeside, leftWithReaders } from './left-behind.ts';
import { lineage, type ServerDisk } from './server-disk.ts';

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

function lostWord(world: World, disk: ServerDisk, article: Id, head: Content): string | null {
  const marks = marksIn({ ...head });
  const missing = world.ledger.standing(article).filter((mark) => !marks.has(mark));
  if (missing.length === 0) return null;
  const kept = keptAside(world, article);
  // What is kept aside never came to the server: a word that did has to stand in the head.
  return missing.find((mark) => !kept.has(mark) || isOnServer(disk, article, mark)) ?? null;
}

/** In this article: what was brought back from the vault as a new one stands in that. */
function isOnServer(disk: ServerDisk, article: Id, mark: string): boolean {
  return [...disk.revisions.values()].some(
    ({ article: of, bytes }) => of === article && bytes.includes(mark),
  );
}

function strangeWord(world: World, disk: ServerDisk, article: Id, head: Content): string | null {
  return (
    everythingIn(head).find(
      // An empty cell, of a new row in a column of another, says nothing.
      (passage) =>
        passage !== '' &&
        !UNTOUCHED.has(passage) &&
        !world.ledger.wasWritten(article, passage) &&
        !world.ledger.wasPartWritten(article, passage) &&
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
    const { fields, body, conflicts } = head;
    const content = { fields, body, conflicts };
    const lost = lostWord(world, disk, article, content);
    if (lost !== null) {
      const writer = world.ledger.writerOf(lost);
      const removed = wasRemovedByMerge(disk, lost, article);
      world.broken(
        removed ? 8 : 2,
        `“${lost}”, saved on client ${writer}, is not in the head of ${article}, and no one took it out.`,
      );
      return;
    }
    const strange = strangeWord(world, disk, article, content);
    if (strange !== null) {
      world.broken(3, `“${strange}” stands in the head of ${article}, and no one wrote it.`);
      return;
    }
    unreachable(world, disk, article);
  }
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
    if (stands)
      broken(2, `A comment of client ${client} became another one: ${JSON.stringify(stands)}`);
    else if (!isLeft && !keptAside(world, comment.article).has(mark))
      broken(2, `“${mark}”, a comment of client ${client}, is nowhere, and no one took it out.`);
  }
}

/** Whether the word reached the server and went missing where two lines met. */
function wasRemovedByMerge(disk: ServerDisk, mark: string, article: Id): boolean {
  return [...disk.revisions.values()].some(
    (revision) =>
      revision.article === article &&
      revision.parents.length === 2 &&
      !revision.bytes.includes(mark) &&
      revision.parents.some((parent) => disk.revisions.get(parent)?.bytes.includes(mark)),
  );
}

function unreachable(world: World, disk: ServerDisk, article: Id): void {
  const record = disk.articles.get(article);
  const sides = disk.sides.filter((side) => side.article === article).map((side) => side.revision);
  if (sides.length > 0) {
    world.broken(1, `A side revision of ${article} was never merged: ${sides.join()}`);
    return;
  }
  const reached = lineage(disk, [record?.head ?? null, ...sides]);
  for (const { hash, article: of } of disk.revisions.values())
    if (of === article && !reached.has(hash)) {
      world.broken(2, `Revision ${hash} of ${article} is no ancestor of its head.`);
      return;
    }
}
