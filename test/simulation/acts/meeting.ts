import type { Block } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { attempt, iso, look, save, type Turn } from './desk-work.ts';
import { KINDS, writeAs, type Kind } from './writing.ts';

/**
 * Two or three people, each out of reach of the others, work on one thing: the same list, the same table, the same
 * credits, or whatever the kind of writing finds to change. Then they meet.
 */
export async function meet({ world, dice, core }: Turn): Promise<void> {
  const known = world.articles.filter((article) => core.store.articles.exists(article));
  if (known.length === 0) return;
  const article = dice.pick(known);
  const kind = kindFor(core.store.working.read(article)?.content.body ?? [], dice);
  const there = world.clients.filter((client) => client.core?.store.articles.exists(article));
  const first = dice.below(there.length);
  const party = [...there.slice(first), ...there.slice(0, first)].slice(0, dice.between(2, 3));
  for (const client of party) {
    client.line.online = false;
    client.line.cut();
  }
  for (const client of party) {
    if (!client.core) continue;
    const turn = { world, client, core: client.core, dice };
    await attempt('meet', world, () => writeMuch(turn, article, kind));
  }
  for (const client of party) {
    client.line.online = dice.chance(0.8);
    if (client.line.online) client.core?.engine.now();
  }
}

const NEEDS: Partial<Record<Kind, readonly Block['type'][]>> = {
  list: ['list'],
  table: ['table'],
  retitle: ['image', 'embed'],
};

/** Rather something that is there already than a new thing from each. */
function kindFor(body: readonly Block[], dice: Dice): Kind {
  const types = body.map(({ type }) => type);
  // Each settles what stands there twice, and not alike.
  if (types.includes('conflict') && dice.chance(0.5)) return 'settle';
  for (let tries = 0; tries < 4; tries += 1) {
    const kind = dice.weighted(KINDS);
    if (NEEDS[kind]?.some((type) => types.includes(type)) ?? true) return kind;
  }
  return 'insert';
}

export async function writeMuch(turn: Turn, article: string, kind: Kind): Promise<void> {
  const { client, core, dice, world } = turn;
  const many = dice.between(1, 3);
  for (let count = 0; count < many; count += 1) {
    const view = await look(turn, article);
    if (!view || view.readOnly) return;
    const { words } = world;
    const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
    const writing = writeAs(desk, kind);
    if (writing) await save(turn, article, view, writing);
  }
  if (dice.chance(0.8)) await core.articles.handlers['article.seal']({ article });
}
