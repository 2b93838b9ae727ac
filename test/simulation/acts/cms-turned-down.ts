import { newLocalId, type Block, type Fields, type Id } from '#shared/article';
import type { Site } from '../world/cms.ts';
import { FAIR } from '../world/cms.ts';
import { lookAt } from '../world/disk.ts';
import { NEWS, WORLD } from '../world/newsroom.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';
import { seated, turnOf, waysToReaders } from './chiefs.ts';
import { actOn, takeInChange } from './cms-decisions.ts';
import { BROUGHT_WITHIN_MS, publishThere, type Scene } from './cms-scene.ts';
import { look, save, startOne, type as write, type Turn } from './desk-work.ts';
import { insertBehind } from './editing.ts';
import { takeUpRoles } from './moments.ts';

/** Long enough for a channel to be tried only now and then. */
const DOWN_MS = 1_800_000;

interface Stands {
  standing: string;
  problem: string;
}

function standsIn({ server }: World, { channel }: Site, article: Id): Stands | undefined {
  const sql = 'SELECT standing, problem FROM deliveries WHERE article = ? AND channel = ?';
  return lookAt(server.file, (db) => db.prepare(sql).get(article, channel) as Stands | undefined);
}

const timesPublished = ({ server }: World, article: Id): number =>
  lookAt(server.file, (db) => {
    const sql = `SELECT count(*) FROM events WHERE article = ?
      AND json_extract(data, '$.transition') IN ('publish', 'correct', 'withdraw')`;
    return db.prepare<[Id], number>(sql).pluck().get(article) ?? 0;
  });

function chooseTurn({ world, dice }: Scene): { turn: Turn; article: Id } | null {
  const ways = waysToReaders(world);
  if (ways.length === 0) return null;
  const { client, article } = dice.pick(ways);
  return { turn: turnOf(world, client, dice), article };
}

/**
 * A CMS takes no article for a while: the chief is told so, and it is left in peace. Whatever goes out then, or is withdrawn,
 * is brought there all the same.
 */
export async function turnDown(scene: Scene): Promise<void> {
  const { world, site } = scene;
  const chosen = chooseTurn(scene);
  if (!chosen) return;
  const { turn, article } = chosen;
  for (const each of world.cms?.sites ?? []) each.weather = FAIR;
  await publishThere(turn, article);
  site.weather = { ...FAIR, refuses: true };
  await change(turn, article, () => ({ headline: world.words.name() }));
  await publishThere(turn, article);
  const { standing, problem } = standsIn(world, site, article) ?? { standing: '', problem: '' };
  if (standing === 'waiting' || (standing === 'refused' && problem === ''))
    world.broken(
      5,
      `${site.kind} takes no article, and ${article} counts as ${standing}: ${problem}`,
    );
  site.weather = FAIR;
  const before = timesPublished(world, article);
  await change(turn, article, () => ({ headline: world.words.name() }));
  await publishThere(turn, article);
  // Where nothing went out, a chief sees that it was turned down, and has it tried again.
  const isLeft = standsIn(world, site, article)?.standing === 'refused';
  if (isLeft && timesPublished(world, article) === before) await actOn(scene, article, null);
}

/** A CMS is down for long; once it is there again, a chief has an article tried again, and it is tried. */
export async function tryAgainAfter(scene: Scene): Promise<void> {
  const { world, site } = scene;
  const chosen = chooseTurn(scene);
  if (!chosen) return;
  const { turn, article } = chosen;
  site.weather = { ...FAIR, down: true };
  await change(turn, article, () => ({ headline: world.words.name() }));
  await publishThere(turn, article);
  await world.schedule.pass(DOWN_MS);
  site.weather = FAIR;
  if (standsIn(world, site, article)?.standing !== 'waiting') return;
  await actOn(scene, article, null);
  await world.schedule.pass(BROUGHT_WITHIN_MS);
  if (standsIn(world, site, article)?.standing === 'waiting')
    world.broken(5, `A chief has ${article} tried again in ${site.kind}, and it is not.`);
}

/** For whom a CMS is, as its administrator says it. */
async function isFor({ world, site }: Scene, desks: Id[] | null): Promise<void> {
  await world.server.context().store.write(({ db }) =>
    db
      .updateTable('channels')
      .set({ desks: desks && JSON.stringify(desks) })
      .where('id', '=', site.channel)
      .execute(),
  );
}

/** A CMS is for one desk alone for a while: what another desk publishes then is not seen there. */
export async function publishElsewhere(scene: Scene): Promise<void> {
  const { world, site, dice } = scene;
  const client = dice.pick(seated(world));
  // There somebody may approve what they started themselves.
  if (!(await takeUpRoles(world, client, [{ desk: WORLD.id, role: 'desk-chief' }]))) return;
  const turn = turnOf(world, client, dice);
  await startOne(turn, WORLD.id);
  const article = client.reading;
  if (article === null) return;
  site.notForIt.add(article);
  await isFor(scene, [NEWS.id]);
  await publishThere(turn, article);
  await isFor(scene, null);
  await giveRoles(world, client.who.id, client.who.memberships);
}

/** So that there is something new to go out. */
async function change(
  turn: Turn,
  article: Id,
  fieldsOf: (fields: Fields) => Partial<Fields>,
): Promise<void> {
  turn.client.views.clear();
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const { content } = view;
  const fields = fieldsOf(content.fields);
  const after = { ...content, fields: { ...content.fields, ...fields } };
  await save(turn, article, view, { edit: { fields }, after });
}

/** An editor’s aside, which no page of a CMS shows. */
async function noteBehind(turn: Turn, article: Id): Promise<void> {
  const { client, dice, world } = turn;
  client.views.clear();
  const view = await look(turn, article);
  if (!view || view.readOnly) return;
  const { content } = view;
  const children = [{ type: 'text' as const, text: world.words.sentence() }];
  const note: Block = { type: 'note', $: { id: newLocalId(dice.bytes) }, children };
  const desk = { content, dice, words: world.words, who: '', now: '' };
  await save(turn, article, view, insertBehind(desk, content.body.length, note));
}

/**
 * Somebody changes all of a post while its article goes out once more, and a chief who has typed just then takes it in.
 */
export async function takeInWhileTyping(scene: Scene): Promise<void> {
  const { world, site } = scene;
  const chosen = chooseTurn(scene);
  if (!chosen) return;
  const { turn, article } = chosen;
  site.weather = FAIR;
  await noteBehind(turn, article);
  await publishThere(turn, article);
  const [post] = site.watch.live().get(article) ?? [];
  if (!post) return;
  const [title, excerpt] = [world.words.name(), world.words.name()];
  site.cms.edit(post.id, {
    title: `${post.title}, ${title}`,
    excerpt: `${post.excerpt} ${excerpt}`,
  });
  site.watch.edited(post.id);
  turn.client.reading = article;
  await write(turn);
  await publishThere(turn, article);
  turn.client.views.clear();
  await write(turn);
  await takeInChange(scene, article, turn.client);
}

/** Nothing but the keywords of an article changes, and the requests with that come to nothing at first. */
export async function changeKeywordsAlone(scene: Scene): Promise<void> {
  const { world, site, dice } = scene;
  const chosen = chooseTurn(scene);
  if (!chosen) return;
  const { turn, article } = chosen;
  site.weather = FAIR;
  await publishThere(turn, article);
  await change(turn, article, ({ keywords }) => ({
    keywords: [...keywords.slice(1), world.words.name()],
  }));
  site.weather = { ...FAIR, ...(dice.chance(0.5) ? { lost: 1 } : { swallowed: 1 }) };
  await publishThere(turn, article);
  site.weather = FAIR;
  await world.schedule.pass(BROUGHT_WITHIN_MS);
}
