import { newId, type Id } from '#shared/article';
import { saveMessage } from '../../../src-server/store/index.ts';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import { DESKS } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import { seated, turnOf, type Seated } from './chiefs.ts';
import { attempt, type as write } from './desk-work.ts';
import { passagesOf } from './text.ts';
import { comeInReach, leaveReach, passUntil } from './moments.ts';

interface Written {
  id: Id;
  desk: Id;
  headline: string;
  paragraphs: readonly string[];
}

/** A reader sends a text from the site, in paragraphs: to this desk, or to any. */
export async function send(
  { server, words }: World,
  dice: Dice,
  desk: Id = dice.pick(DESKS).id,
): Promise<Written> {
  const [headline, first, second] = [words.name(), words.sentence(), words.sentence()];
  const { clock, store } = server.context();
  const message = {
    id: newId(clock, dice.bytes),
    desk,
    kind: 'story',
    name: 'A reader',
    email: 'reader@example.com',
    subject: headline,
    text: `${first}\n\n${second}\n`,
    article: null,
    at: new Date(clock()).toISOString(),
    handledBy: null,
  } as const;
  await store.write((unit) => saveMessage(unit, message));
  return { id: message.id, desk, headline, paragraphs: [first, second] };
}

/** What the reader wrote, in an article of the desk, in nobody’s name; the message counts as handled, and leads there. */
async function makeOne(
  world: World,
  { core, index, who }: Seated,
  { id: message, desk, headline, paragraphs }: Written,
): Promise<Id> {
  const { handlers } = core.articles;
  const { article } = await handlers['inbox.toArticle']({ message });
  const content = core.store.working.read(article)?.content;
  const wrong = (what: string): void =>
    world.broken(11, `Client ${index} made ${article} of a reader’s message, ${what}.`);
  if (!content) {
    wrong('and it is not there');
    return article;
  }
  world.ledger.intend(index, article, null, content)();
  const { fields } = content;
  const says = [fields.headline, fields.source, ...content.body.flatMap(passagesOf)];
  const isSo = says.join('\n') === [headline, 'A reader', ...paragraphs].join('\n');
  if (!isSo || fields.byline.length > 0 || fields.desk !== desk)
    wrong('and it says something else');
  const { messages } = await handlers['inbox.list']({ desk });
  const listed = messages.find(({ id }) => id === message);
  if (listed?.became !== article || listed.handledBy !== who.id) wrong('which still waits');
  const { waiting } = core.store.outbox.counts();
  const again = await handlers['inbox.toArticle']({ message });
  if (again.article !== article || core.store.outbox.counts().waiting !== waiting)
    wrong('and once more when they came back to it');
  return article;
}

/** Colleagues each make an article of one message, out of reach of each other, and one of them writes on in it. */
export async function makeOfMessage(world: World, dice: Dice): Promise<Id | null> {
  const message = await send(world, dice);
  const there = seated(world);
  for (const client of there) await comeInReach(world, client);
  await passUntil(world, () =>
    there.every(({ core }) => core.store.inbox.get(message.id) !== null),
  );
  return makeEach(world, dice, message);
}

async function makeEach(world: World, dice: Dice, message: Written): Promise<Id | null> {
  const { id, desk } = message;
  const able = seated(world).filter(
    ({ core, who }) =>
      core.store.inbox.get(id) !== null &&
      world.watch.memberships(who.id).some((one) => one.desk === desk),
  );
  if (able.length === 0) return null;
  const first = dice.pick(able);
  const other = able.find(({ who }) => who.id !== first.who.id);
  const made: Id[] = [];
  for (const client of other ? [first, other] : [first]) {
    leaveReach(client);
    made.push(await makeOne(world, client, message));
  }
  const [article] = made;
  if (article === undefined) return null;
  world.articles.push(article);
  if (made.some((each) => each !== article))
    world.broken(11, `Of the reader’s message ${id} two articles were made: ${made.join()}.`);
  first.reading = article;
  await attempt('write', world, () => write(turnOf(world, first, dice)));
  for (const client of able) await comeInReach(world, client);
  return article;
}

const BEGINNINGS = `
  SELECT count(*) FROM revision WHERE article = ? AND json_array_length(bytes, '$.parents') = 0`;

/** Whoever made it made the same, so that what they wrote then has one beginning. */
export function checkMade({ clients, broken }: World, article: Id): void {
  for (const { index, file } of clients) {
    const many = lookAt(file, (db) => db.prepare<[Id], number>(BEGINNINGS).pluck().get(article));
    if (many !== 1)
      broken(11, `On client ${index} ${article}, made of a message, begins ${many} times.`);
  }
}
