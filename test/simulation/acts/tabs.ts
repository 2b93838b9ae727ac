import { everyWordStands } from '../checks/words-stand.ts';
import { iso, look, pickArticle, save, type Turn } from './desk-work.ts';
import { writeAs, type Kind } from './writing.ts';

const KINDS_IN_TABS = ['list', 'list', 'table', 'rewrite', 'move', 'setList', 'insert'] as const;

/** Two windows of one computer show an article, and their person writes in both: each knows only what it has shown. */
export async function writeInTwoTabs(turn: Turn): Promise<void> {
  const { world, client, core, dice } = turn;
  const article = pickArticle(turn);
  if (article === null) return;
  const kind: Kind = dice.pick(KINDS_IN_TABS);
  client.views.delete(article);
  let tabs = [await look(turn, article)];
  client.views.delete(article);
  tabs.push(await look(turn, article));
  for (let times = dice.between(2, 4); times > 0; times -= 1) {
    const at = dice.below(2);
    const view = tabs[at];
    if (!view || view.readOnly) return;
    const { words } = world;
    const desk = { content: view.content, dice, words, who: client.who.id, now: iso(turn) };
    const writing = writeAs(desk, kind);
    if (!writing) continue;
    await save(turn, article, view, writing);
    everyWordStands(world, client, article, writing.after);
    const shown = client.views.get(article);
    tabs = tabs.with(at, shown ?? (await look(turn, article)));
  }
  client.views.delete(article);
  if (dice.chance(0.5)) await core.articles.handlers['article.seal']({ article });
}
