import type { CommentEntry } from '#shared/api';
import { canonicalJson, newId, type Id } from '#shared/article';
import { saveMessage } from '../../../src-server/store/index.ts';
import type { View } from '../world/client.ts';
import { DESKS } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import type { Seated } from './chiefs.ts';
import { look, pickArticle, type Turn } from './desk-work.ts';
import { passUntil } from './moments.ts';
import { isTextBlock } from './text.ts';

interface Begun {
  thread: Id | null;
  anchor: CommentEntry['anchor'];
  text: string;
}

const isOfTheSame = (one: Begun, other: Begun): boolean =>
  one.thread === other.thread &&
  (one.thread !== null || canonicalJson(one.anchor) === canonicalJson(other.anchor));

const isAmong = (all: readonly Begun[], one: Begun): boolean =>
  all.some((other) => canonicalJson(other) === canonicalJson(one));

const begunOn = async ({ core }: Turn, article: Id): Promise<Begun[]> =>
  (await core.articles.handlers['comments.list']({ article })).unfinished;

/** Begins a comment or a reply, and goes away over it: it is there, beside what else was begun, and all in their order. */
async function begin(turn: Turn, article: Id, begun: Begun): Promise<void> {
  const before = await begunOn(turn, article);
  const isNew = !before.some((one) => isOfTheSame(one, begun));
  await turn.core.articles.handlers['comments.keep']({ article, ...begun });
  const should = [
    ...before.map((one) => (isOfTheSame(one, begun) ? begun : one)),
    ...(isNew ? [begun] : []),
  ];
  if (canonicalJson(await begunOn(turn, article)) !== canonicalJson(should))
    turn.world.broken(
      2,
      `Client ${turn.client.index} began a comment on ${article}: it is not there, or in another place.`,
    );
}

/** Begins to say something, and does not get to its end. */
export async function beginComment(turn: Turn, article: Id): Promise<void> {
  await begin(turn, article, { thread: null, anchor: null, text: turn.world.words.sentence() });
}

export async function comment(turn: Turn): Promise<void> {
  const article = pickArticle(turn);
  const { core, dice, world, client } = turn;
  if (article === null) return;
  const { threads } = await core.articles.handlers['comments.list']({ article });
  const thread = threads.length > 0 && dice.chance(0.5) ? dice.pick(threads).id : null;
  const kind = thread === null ? 'comment' : dice.pick(['reply', 'resolve', 'reopen'] as const);
  const text = kind === 'comment' || kind === 'reply' ? world.words.sentence() : '';
  const view = await look(turn, article);
  const anchor = view && kind === 'comment' && dice.chance(0.7) ? passageOf(turn, view) : null;
  const begun = { thread, anchor, text };
  if (text !== '' && dice.chance(0.4)) await begin(turn, article, begun);
  if (text !== '' && dice.chance(0.3)) return;
  const others = (await begunOn(turn, article)).filter((one) => !isOfTheSame(one, begun));
  const known = new Set(core.store.comments.list(article).map(({ id }) => id));
  await core.articles.handlers['comments.add']({ article, thread, anchor, kind, text });
  for (const entry of core.store.comments.list(article))
    if (!known.has(entry.id)) world.ledger.say(client.index, { ...entry, anchor });
  if (core.store.working.dirty(article))
    world.broken(6, `Client ${client.index} sends a comment on ${article} before its words.`);
  if (text === '') return;
  const left = await begunOn(turn, article);
  if (left.length !== others.length || !others.every((one) => isAmong(left, one)))
    world.broken(
      2,
      `Client ${client.index} gave a comment on ${article}: it still counts as begun.`,
    );
}

/** Some words of the text, for a comment to speak of. */
function passageOf({ dice }: Turn, { content }: View): CommentEntry['anchor'] {
  const blocks = content.body.filter(isTextBlock);
  if (blocks.length === 0) return null;
  const block = dice.pick(blocks);
  const [first] = block.children.flatMap((node) => ('text' in node ? [node.text] : []));
  const quote = (first ?? '').split(' ').slice(0, 2).join(' ');
  return quote === '' ? null : { block: block.$.id, quote, offset: 0 };
}

/** A reader writes to one of the desks from the newsroom’s site. */
export async function readerWrites({ world, dice }: Pick<Turn, 'world' | 'dice'>): Promise<void> {
  if (!world.server.up) return;
  const message = {
    id: newId(() => 0, dice.bytes),
    desk: dice.pick(DESKS).id,
    kind: 'comment',
    name: 'A reader',
    email: '',
    subject: 'The bridge',
    text: 'The bridge in the picture is another one.',
    article: null,
    at: new Date(0).toISOString(),
    handledBy: null,
  } as const;
  await world.server.context().store.write((unit) => saveMessage(unit, message));
}

/** Marks a reader’s message as handled, or as open again; some think better of it at once. It shows, whoever has to hear of it. */
export async function handleMessage({ core, client, dice, world }: Turn): Promise<void> {
  const messages = client.who.memberships.flatMap(({ desk }) => core.store.inbox.list(desk));
  if (messages.length === 0) return;
  const { id: message } = dice.pick(messages);
  for (let many = dice.chance(0.3) ? 2 : 1; many > 0; many -= 1) {
    const handled = core.store.inbox.get(message)?.handledBy == null;
    await core.articles.handlers['inbox.handle']({ message, handled });
    const by = core.store.inbox.get(message)?.handledBy ?? null;
    if (by !== (handled ? client.who.id : null))
      world.broken(11, `Client ${client.index} still sees message ${message} as it was.`);
  }
}

/** Whoever sits there sends all that they have. */
export async function sendAll(world: World, { core }: Seated): Promise<void> {
  core.articles.sealAll();
  core.engine.now();
  await passUntil(world, () => core.store.outbox.counts().waiting === 0);
}

/** Opens a thread, or goes on with one; gives which. */
export async function speakOf(
  { words, ledger }: World,
  { core, index }: Seated,
  article: Id,
  thread: Id | null,
): Promise<Id | null> {
  const { comments } = core.store;
  const kind: CommentEntry['kind'] = thread === null ? 'comment' : 'reply';
  const text = words.sentence();
  const known = new Set(comments.list(article).map(({ id }) => id));
  await core.articles.handlers['comments.add']({ article, thread, anchor: null, kind, text });
  const said = comments.list(article).find(({ id }) => !known.has(id));
  if (said) ledger.say(index, said);
  return said?.thread ?? null;
}
