import type { Content, Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';

/** What stood in a text and nobody took out stands in what this computer now has of the article. */
export function everyWordStands(
  { ledger, broken }: Pick<World, 'ledger' | 'broken'>,
  { core, index }: Client,
  article: Id,
  content: Content,
): void {
  const stands = marksIn(core?.store.working.read(article)?.content);
  const lost = [...marksIn(content)].find(
    (mark) => !stands.has(mark) && ledger.isStanding(article, mark),
  );
  if (lost !== undefined)
    broken(2, `“${lost}” is gone from ${article} on client ${index}, and no one took it out.`);
}
