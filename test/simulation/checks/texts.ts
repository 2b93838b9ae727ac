import { everythingIn, valuesOf } from '../acts/text.ts';
import { emptyFields, type Content, type Id } from '#shared/article';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { lineage, readServerDisk, type ServerDisk } from './server-disk.ts';

/** What no one has to write: a field as it is before anybody touched it. */
const UNTOUCHED = new Set(valuesOf(emptyFields()));

/** Marked words in work that the server refused and a client keeps where its person sees it. */
function keptByRefusal(world: World, article: Id): Set<string> {
  const kept = new Set<string>();
  for (const { core } of world.clients)
    for (const { op, state, message } of core?.store.outbox.entriesOf(article) ?? [])
      if (state === 'parked' && message !== '' && op.payload.kind === 'revision')
        for (const mark of marksIn(op.payload.revision.bytes)) kept.add(mark);
  return kept;
}

function lostWord(world: World, article: Id, head: Content): string | null {
  const marks = marksIn({ ...head });
  const missing = world.ledger.standing(article).filter((mark) => !marks.has(mark));
  if (missing.length === 0) return null;
  const kept = keptByRefusal(world, article);
  return missing.find((mark) => !kept.has(mark)) ?? null;
}

function strangeWord(world: World, article: Id, head: Content): string | null {
  return (
    everythingIn(head).find(
      (passage) => !UNTOUCHED.has(passage) && !world.ledger.wasWritten(article, passage),
    ) ?? null
  );
}

/** Every sentence that someone saved and no one took out stands in the head, and none that no one wrote. */
export function checkTexts(world: World): void {
  const disk = readServerDisk(world.server.file);
  for (const article of world.articles) {
    const record = disk.articles.get(article);
    const head = disk.revisions.get(record?.head ?? '');
    if (!head) {
      const [mark] = world.ledger.standing(article);
      const kept = keptByRefusal(world, article);
      if (mark !== undefined && !kept.has(mark))
        world.broken(9, `Article ${article} never reached the server, with ${mark} in it.`);
      continue;
    }
    const { fields, body, conflicts } = head;
    const content = { fields, body, conflicts };
    const lost = lostWord(world, article, content);
    if (lost !== null) {
      const writer = world.ledger.writerOf(lost);
      const removed = wasRemovedByMerge(disk, lost, article);
      world.broken(
        removed ? 8 : 2,
        `“${lost}”, saved on client ${writer}, is not in the head of ${article}, and no one took it out.`,
      );
      return;
    }
    const strange = strangeWord(world, article, content);
    if (strange !== null) {
      world.broken(3, `“${strange}” stands in the head of ${article}, and no one wrote it.`);
      return;
    }
    unreachable(world, disk, article);
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
  const abandoned = world.clients.some(({ losses }) => losses > 0);
  if (sides.length > 0 && !abandoned && keptByRefusal(world, article).size === 0) {
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
