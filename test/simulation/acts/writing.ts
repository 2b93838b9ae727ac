import { newLocalId, type Block, type Content } from '#shared/article';
import type { WorkingEdit } from '#shared/contract';
import type { Dice } from '../world/dice.ts';
import type { Words } from '../world/words.ts';
import { isTextBlock, paragraph, words as inline, type TextBlock } from './text.ts';

/** An edit as the window sends it, and the text that the person then sees. */
export interface Writing {
  edit: Omit<WorkingEdit, 'article' | 'generation'>;
  after: Content;
}

export interface Desk {
  content: Content;
  dice: Dice;
  words: Words;
  who: string;
  now: string;
}

type Act = (desk: Desk) => Writing | null;

const textOf = (block: TextBlock): string =>
  block.children.map((node) => ('text' in node ? node.text : '')).join('');

function pickText({ content, dice }: Desk): TextBlock | null {
  const found = content.body.filter(isTextBlock);
  return found.length > 0 ? dice.pick(found) : null;
}

/** Puts changed blocks in the place of their old ones. */
function change({ content }: Desk, ...blocks: Block[]): Writing {
  const byId = new Map(blocks.map((block) => [block.$.id, block]));
  const body = content.body.map((block) => byId.get(block.$.id) ?? block);
  return { edit: { blocks }, after: { ...content, body } };
}

function remove({ content }: Desk, ids: readonly string[]): Writing {
  const body = content.body.filter(({ $: { id } }) => !ids.includes(id));
  return { edit: { removed: [...ids] }, after: { ...content, body } };
}

function insertBehind({ content }: Desk, at: number, block: Block): Writing {
  const body = content.body.toSpliced(at, 0, block);
  const after = content.body[at - 1]?.$.id ?? null;
  return {
    edit: { blocks: [block], placed: [{ id: block.$.id, after }] },
    after: { ...content, body },
  };
}

const write: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return insert(desk);
  const text = `${textOf(block)} ${desk.words.sentence()}`.trim();
  return change(desk, { ...block, children: inline(text) });
};

const rewrite: Act = (desk) => {
  const block = pickText(desk);
  return block && change(desk, { ...block, children: inline(desk.words.sentence()) });
};

const ENOUGH_BLOCKS = 9;

const insert: Act = (desk) => {
  const { content, dice, words } = desk;
  if (content.body.length >= ENOUGH_BLOCKS) return cut(desk);
  const id = newLocalId(dice.bytes);
  const block: Block = dice.chance(0.15)
    ? { type: 'horizontalrule', $: { id } }
    : paragraph(id, words.sentence());
  return insertBehind(desk, dice.below(content.body.length + 1), block);
};

const cut: Act = (desk) => {
  const { content, dice } = desk;
  if (content.body.length < 3) return null;
  const at = dice.below(content.body.length);
  const ids = content.body.slice(at, at + (dice.chance(0.2) ? 2 : 1)).map(({ $ }) => $.id);
  return remove(desk, ids);
};

const split: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  const sentences = textOf(block).split(/(?<=\.) /);
  if (sentences.length < 2) return null;
  const at = desk.dice.between(1, sentences.length - 1);
  const first = { ...block, children: inline(sentences.slice(0, at).join(' ')) };
  const second: Block = {
    ...block,
    $: { id: newLocalId(desk.dice.bytes) },
    children: inline(sentences.slice(at).join(' ')),
  };
  const body = desk.content.body.flatMap((each) =>
    each.$.id === block.$.id ? [first, second] : [each],
  );
  return {
    edit: { blocks: [first, second], placed: [{ id: second.$.id, after: block.$.id }] },
    after: { ...desk.content, body },
  };
};

const move: Act = (desk) => {
  const { content, dice } = desk;
  if (content.body.length < 2) return null;
  const block = dice.pick(content.body);
  const rest = content.body.filter((each) => each !== block);
  const at = dice.below(rest.length + 1);
  const after = rest[at - 1]?.$.id ?? null;
  return {
    edit: { placed: [{ id: block.$.id, after }] },
    after: { ...content, body: rest.toSpliced(at, 0, block) },
  };
};

const turn: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  const { $, children } = block;
  const turned: Block[] = [
    { type: 'paragraph', $, children },
    { type: 'quote', $, children },
    { type: 'heading', tag: 'h2', $, children },
    { type: 'note', $, children },
  ];
  return change(desk, desk.dice.pick(turned.filter(({ type }) => type !== block.type)));
};

const list: Act = (desk) => {
  const { content, dice, words } = desk;
  const item = (text: string): Extract<Block, { type: 'list' }>['children'][number] => ({
    type: 'listitem',
    $: { id: newLocalId(dice.bytes) },
    children: inline(text),
  });
  const lists = content.body.filter((block) => block.type === 'list');
  if (lists.length === 0) {
    const children = [item(words.sentence()), item(words.sentence()), item(words.sentence())];
    const block: Block = {
      type: 'list',
      listType: 'bullet',
      $: { id: newLocalId(dice.bytes) },
      children,
    };
    return insertBehind(desk, dice.below(content.body.length + 1), block);
  }
  const block = dice.pick(lists);
  const at = dice.below(block.children.length);
  const how = dice.below(3);
  const children =
    how === 0
      ? block.children.toSpliced(at, 0, item(words.sentence()))
      : how === 1 && block.children.length > 1
        ? block.children.toSpliced(at, 1)
        : block.children.map((each, index) =>
            index === at ? { ...each, children: inline(words.sentence()) } : each,
          );
  return change(desk, { ...block, children });
};

const table: Act = (desk) => {
  const { content, dice, words } = desk;
  type Row = Extract<Block, { type: 'table' }>['children'][number];
  const cell = (): Row['children'][number] => ({
    type: 'tablecell',
    children: [{ type: 'paragraph', children: inline(words.sentence()) }],
  });
  const row = (): Row => ({
    type: 'tablerow',
    $: { id: newLocalId(dice.bytes) },
    children: [cell(), cell()],
  });
  const tables = content.body.filter((block) => block.type === 'table');
  if (tables.length === 0) {
    const block: Block = {
      type: 'table',
      $: { id: newLocalId(dice.bytes) },
      children: [row(), row()],
    };
    return insertBehind(desk, dice.below(content.body.length + 1), block);
  }
  const block = dice.pick(tables);
  const at = dice.below(block.children.length);
  const children = dice.chance(0.4)
    ? block.children.toSpliced(at, 0, row())
    : block.children.map((each, index) =>
        index === at ? { ...each, children: [cell(), ...each.children.slice(1)] } : each,
      );
  return change(desk, { ...block, children });
};

const suggest: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  const { dice, words, who, now } = desk;
  const inserted = { id: newLocalId(dice.bytes), by: who, at: now };
  const suggestion = { type: 'text', text: ` ${words.sentence()}`, $: { inserted } } as const;
  return change(desk, { ...block, children: [...block.children, suggestion] });
};

/** Accepts or rejects the first suggestion that is open. */
const answerSuggestion: Act = (desk) => {
  const block = desk.content.body
    .filter(isTextBlock)
    .find(({ children }) => children.some((node) => node.type === 'text' && node.$?.inserted));
  if (!block) return null;
  const accept = desk.dice.chance(0.7);
  const children = block.children.flatMap((node) =>
    node.type !== 'text' || !node.$?.inserted
      ? [node]
      : accept
        ? [{ type: 'text' as const, text: node.text }]
        : [],
  );
  return change(desk, { ...block, children });
};

const SCALARS = ['headline', 'standfirst', 'slugline', 'teaser', 'dateline', 'section'] as const;

const setField: Act = ({ content, dice, words }) => {
  const name = dice.pick(SCALARS);
  const fields = { [name]: words.name() };
  return { edit: { fields }, after: { ...content, fields: { ...content.fields, ...fields } } };
};

const ENTRY_LISTS = ['byline', 'contributors', 'related', 'keywords'] as const;

const setList: Act = ({ content, dice, words }) => {
  const name = dice.pick(ENTRY_LISTS);
  const before: readonly unknown[] = content.fields[name];
  const id = newLocalId(dice.bytes);
  const entry = {
    byline: { id, name: words.name() },
    contributors: { id, name: words.name(), affiliation: '', role: '', kind: 'person' },
    related: {
      id,
      title: words.name(),
      url: '',
      postedOn: '',
      publication: '',
      desk: '',
      teaser: '',
    },
    keywords: words.name(),
  }[name];
  const at = dice.below(before.length + 1);
  const how = before.length > 0 ? dice.below(4) : 0;
  const picked = before[dice.below(Math.max(1, before.length))];
  const changed =
    how < 2
      ? before.toSpliced(at, 0, entry)
      : how === 2
        ? before.filter((each) => each !== picked)
        : [...before.filter((each) => each !== picked), picked];
  const fields = { [name]: changed } as Partial<Content['fields']>;
  return { edit: { fields }, after: { ...content, fields: { ...content.fields, ...fields } } };
};

const setEmbargo: Act = ({ content, dice, now }) => {
  const minutes = dice.between(-2, 6);
  const embargo = dice.chance(0.4)
    ? null
    : new Date(Date.parse(now) + minutes * 60_000).toISOString();
  const fields = { embargo };
  return { edit: { fields }, after: { ...content, fields: { ...content.fields, embargo } } };
};

/** Settles one thing that two people changed, by choosing one of its versions. */
const settle: Act = (desk) => {
  const { content, dice } = desk;
  const block = content.body.find(({ type }) => type === 'conflict');
  if (block?.type === 'conflict') {
    const chosen = dice.pick(block.versions);
    return chosen === null
      ? remove(desk, [block.$.id])
      : change(desk, { ...chosen, $: { ...chosen.$, id: block.$.id } });
  }
  const [card] = content.conflicts;
  if (card?.kind !== 'field') return null;
  const fields = { [card.field]: dice.pick(card.versions) } as Partial<Content['fields']>;
  return {
    edit: { fields, settled: [card.id] },
    after: {
      fields: { ...content.fields, ...fields },
      body: content.body,
      conflicts: content.conflicts.filter(({ id }) => id !== card.id),
    },
  };
};

const ACTS = {
  write,
  rewrite,
  insert,
  cut,
  split,
  move,
  turn,
  list,
  table,
  suggest,
  answerSuggestion,
  setField,
  setList,
  setEmbargo,
} satisfies Record<string, Act>;

const WEIGHTS: Record<keyof typeof ACTS, number> = {
  write: 22,
  rewrite: 8,
  insert: 12,
  cut: 6,
  split: 4,
  move: 6,
  turn: 3,
  list: 7,
  table: 4,
  suggest: 2,
  answerSuggestion: 5,
  setField: 9,
  setList: 9,
  setEmbargo: 6,
};

/** Whether something waits to be settled or answered. */
export function isContested({ conflicts, body }: Content): boolean {
  return (
    conflicts.length > 0 ||
    body.some(
      (block) =>
        block.type === 'conflict' ||
        (isTextBlock(block) && block.children.some((node) => node.type === 'text' && node.$)),
    )
  );
}

/** Settles or answers one thing. */
export function settleSomething(desk: Desk): Writing | null {
  return settle(desk) ?? answerSuggestion(desk);
}

/** Something a person does to a text; what is contested they settle now and then. */
export function writeSomething(desk: Desk): Writing | null {
  const contested =
    desk.content.conflicts.length > 0 || desk.content.body.some(({ type }) => type === 'conflict');
  if (contested && desk.dice.chance(0.3)) return settle(desk);
  return ACTS[desk.dice.weighted(WEIGHTS)](desk);
}
