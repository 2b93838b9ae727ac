import fc from 'fast-check';
import {
  emptyFields,
  sha256Hex,
  type Block,
  type Content,
  type Fields,
  type Inline,
  type ListBlock,
  type ListItem,
  type PlainBlock,
  type TableBlock,
} from '#shared/article';

/** What an editor may do to an article, of every kind of block and field; numbers are taken modulo what is there. */
export interface RichAct {
  do: (typeof ACTS)[number];
  at: number;
  to: number;
  kind: (typeof KINDS)[number];
}

const KINDS = [
  'paragraph',
  'heading',
  'quote',
  'pullquote',
  'note',
  'list',
  'table',
  'image',
  'embed',
  'horizontalrule',
] as const;

const ACTS = [
  'write',
  'write',
  'extend',
  'insert',
  'insert',
  'remove',
  'move',
  'move',
  'paste',
  'split',
  'split',
  'join',
  'retype',
  'enlist',
  'unlist',
  'turn',
  'suggest',
  'enter',
  'entry-insert',
  'entry-remove',
  'entry-move',
  'entry-write',
  'entry-write',
  'deeper',
  'indent',
  'indent',
  'outdent',
  'column',
  'settle',
  'settle',
  'headline',
  'language',
  'keyword',
  'byline',
  'related',
  'picture',
  'settle-field',
] as const;

export const richAct: fc.Arbitrary<RichAct> = fc.record({
  do: fc.constantFrom(...ACTS),
  at: fc.nat({ max: 30 }),
  to: fc.nat({ max: 30 }),
  kind: fc.constantFrom(...KINDS),
});

/** Gives each editor words and ids that nobody else has. */
export interface Hand {
  word: () => string;
  id: () => string;
}

export function hand(who: string): Hand {
  let count = 0;
  const next = (): string => `${who}${String((count += 1))}`;
  return { word: () => `${next()}w ${next()}w`, id: () => `${next()}-id` };
}

const WHO = '0192d3a0-0000-7000-8000-000000000002';
const text = (words: string): Inline => ({ type: 'text', text: words });

function listItem({ id, word }: Hand): ListItem {
  return { type: 'listitem', $: { id: id() }, children: [text(word())] };
}

function tableRow({ id, word }: Hand, columns: number): TableBlock['children'][number] {
  return {
    type: 'tablerow',
    $: { id: id() },
    children: Array.from({ length: columns }, () => cell(word())),
  };
}

function cell(words: string): TableBlock['children'][number]['children'][number] {
  return { type: 'tablecell', children: [{ type: 'paragraph', children: [text(words)] }] };
}

export function newBlock(by: Hand, kind: RichAct['kind']): PlainBlock {
  const $ = { id: by.id() };
  switch (kind) {
    case 'list':
      return { type: 'list', listType: 'bullet', $, children: [listItem(by), listItem(by)] };
    case 'table':
      return { type: 'table', $, children: [tableRow(by, 2), tableRow(by, 2)] };
    case 'image':
      return { type: 'image', $, ...picture(by) };
    case 'embed':
      return { type: 'embed', $, url: 'https://video.example/1', provider: '', title: by.word() };
    case 'horizontalrule':
      return { type: 'horizontalrule', $ };
    case 'heading':
      return { type: 'heading', tag: 'h2', $, children: [text(by.word())] };
    default:
      return { type: kind, $, children: [text(by.word())] };
  }
}

function picture(by: Hand): NonNullable<Fields['leadImage']> {
  const about = { mime: 'image/png', width: 640, height: 480 } as const;
  const caption = by.word();
  return { asset: sha256Hex(caption), ...about, caption, credit: '', alt: by.word() };
}

type TextBlock = Extract<PlainBlock, { children: Inline[] }> & { type: 'paragraph' | 'quote' };

function isText(block: Block | undefined): block is TextBlock {
  return (
    block !== undefined &&
    ['paragraph', 'heading', 'quote', 'pullquote', 'note'].includes(block.type)
  );
}

function plainText(block: TextBlock): string {
  return block.children.map((child) => (child.type === 'text' ? child.text : '')).join('');
}

/** Takes, puts and exchanges entries of a list or table by the same acts. */
function changeEntries<T extends { $: { id: string } }>(
  entries: T[],
  { do: what, at, to }: RichAct,
  create: () => T,
  rewrite: (entry: T) => T,
): T[] {
  const result = [...entries];
  const index = at % entries.length;
  const [here] = result.slice(index, index + 1);
  if (what === 'entry-insert') result.splice(to % (entries.length + 1), 0, create());
  else if (!here) return result;
  else if (what === 'entry-write') result[index] = rewrite(here);
  else if (what === 'entry-remove' && entries.length > 1) result.splice(index, 1);
  else if (what === 'entry-move') {
    result.splice(index, 1);
    result.splice(to % entries.length, 0, here);
  }
  return result;
}

function nested(item: ListItem | undefined): ListBlock | null {
  const [only] = item?.children ?? [];
  return only?.type === 'list' ? only : null;
}

/** Tab: into the list of the deeper level before or behind, or into one of its own. */
function indent(list: ListBlock, index: number, by: Hand): ListBlock {
  const children = [...list.children];
  const [before, here, behind] = [index - 1, index, index + 1].map((at) => children[at]);
  if (!here || nested(here)) return list;
  const [above, below] = [nested(before), nested(behind)];
  const [aboveItems, belowItems] = [above?.children ?? [], below?.children ?? []];
  const deeper = above ??
    below ?? { type: 'list' as const, listType: list.listType, $: { id: by.id() }, children: [] };
  const holder = (above && before) ??
    (below && behind) ?? { type: 'listitem' as const, $: { id: by.id() }, children: [] };
  const items = [...aboveItems, here, ...belowItems];
  const from = above ? index - 1 : index;
  const count = 1 + (above ? 1 : 0) + (below ? 1 : 0);
  children.splice(from, count, { ...holder, children: [{ ...deeper, children: items }] });
  return { ...list, children };
}

/** Shift+Tab: out of the deeper list, which is cut in two where it goes on behind. */
function outdent(list: ListBlock, index: number, at: number, by: Hand): ListBlock {
  const holder = list.children[index];
  const deeper = nested(holder);
  if (!holder || !deeper) return list;
  const place = at % deeper.children.length;
  const [above, below] = [deeper.children.slice(0, place), deeper.children.slice(place + 1)];
  const wrap = (items: ListItem[], own: boolean): ListItem[] =>
    items.length === 0
      ? []
      : [
          {
            ...holder,
            $: own ? holder.$ : { id: by.id() },
            children: [{ ...deeper, $: own ? deeper.$ : { id: by.id() }, children: items }],
          },
        ];
  const outdented = deeper.children.slice(place, place + 1);
  const children = [...list.children];
  children.splice(index, 1, ...wrap(above, true), ...outdented, ...wrap(below, above.length === 0));
  return { ...list, children };
}

export function changeList(list: ListBlock, step: RichAct, by: Hand): ListBlock {
  if (list.children.length === 0) return { ...list, children: [listItem(by)] };
  const index = step.at % list.children.length;
  const here = list.children[index];
  const [deeper] = here?.children ?? [];
  if (step.do === 'indent') return indent(list, index, by);
  if (step.do === 'outdent') return outdent(list, index, step.to, by);
  if (here && deeper?.type === 'list' && (step.do === 'entry-write' || step.to % 3 > 0))
    return {
      ...list,
      children: list.children.map((item) =>
        item === here ? { ...here, children: [changeList(deeper, step, by)] } : item,
      ),
    };
  if (step.do === 'deeper') {
    const below: ListBlock = {
      type: 'list',
      listType: 'number',
      $: { id: by.id() },
      children: [listItem(by), listItem(by)],
    };
    const children = [...list.children];
    children.splice(index + 1, 0, { type: 'listitem', $: { id: by.id() }, children: [below] });
    return { ...list, children };
  }
  return {
    ...list,
    children: changeEntries(
      list.children,
      step,
      () => listItem(by),
      (item) => ({ ...item, children: [text(by.word())] }),
    ),
  };
}

function changeRows(table: TableBlock, step: RichAct, by: Hand): TableBlock {
  const columns = table.children[0]?.children.length ?? 1;
  if (step.do === 'column')
    return {
      ...table,
      children: table.children.map((row) => ({
        ...row,
        children: [...row.children, cell(by.word())],
      })),
    };
  return {
    ...table,
    children: changeEntries(
      table.children,
      step,
      () => tableRow(by, columns),
      (row) => ({
        ...row,
        children: row.children.map((was, index) =>
          index === step.to % row.children.length ? cell(by.word()) : was,
        ),
      }),
    ),
  };
}

function rewrite(block: PlainBlock, step: RichAct, by: Hand): PlainBlock {
  if (isText(block)) return { ...block, children: [text(by.word())] };
  if (block.type === 'list') return changeList(block, { ...step, do: 'entry-write' }, by);
  if (block.type === 'table') return changeRows(block, { ...step, do: 'entry-write' }, by);
  if (block.type === 'embed') return { ...block, title: by.word() };
  if (block.type === 'image')
    return step.to % 2 ? { ...block, caption: by.word() } : { ...block, credit: by.word() };
  return block;
}

function changeBlock(block: PlainBlock, step: RichAct, by: Hand): PlainBlock {
  switch (step.do) {
    case 'write':
      return rewrite(block, step, by);
    case 'extend':
      return isText(block)
        ? { ...block, children: [...block.children, text(` ${by.word()}`)] }
        : block;
    case 'retype':
      if (!isText(block)) return block.type === 'list' ? { ...block, listType: 'number' } : block;
      if (step.kind === 'heading')
        return { type: 'heading', tag: 'h3', $: block.$, children: block.children };
      return step.kind === 'quote' || step.kind === 'note' || step.kind === 'pullquote'
        ? { type: step.kind, $: block.$, children: block.children }
        : block;
    case 'turn':
      return isText(block) ? { ...block, direction: step.to % 2 ? 'rtl' : 'ltr' } : block;
    case 'suggest': {
      if (!isText(block)) return block;
      const inserted = { id: by.id(), by: WHO, at: '2026-11-14T12:00:00.000Z' };
      const node: Inline = { type: 'text', text: ` ${by.word()}`, $: { inserted } };
      return { ...block, children: [...block.children, node] };
    }
    default:
      if (block.type === 'list') return changeList(block, step, by);
      return block.type === 'table' ? changeRows(block, step, by) : block;
  }
}

function changeBody(body: readonly Block[], step: RichAct, by: Hand): Block[] {
  const result = [...body];
  const at = result.length === 0 ? 0 : step.at % result.length;
  const here = result[at];
  const before = result[at - 1];
  if (step.do === 'insert') {
    result.splice(at, 0, newBlock(by, step.kind));
    return result;
  }
  if (!here) return result;
  switch (step.do) {
    case 'remove':
      result.splice(at, 1);
      break;
    case 'move':
      result.splice(at, 1);
      result.splice(step.to % (result.length + 1), 0, here);
      break;
    case 'paste':
      // Cut here and pasted there, where it gets a new id.
      if (!isText(here)) break;
      result.splice(at, 1);
      result.splice(step.to % (result.length + 1), 0, { ...here, $: { ...here.$, id: by.id() } });
      break;
    case 'enlist': {
      const run = result.slice(at, at + 1 + (step.to % 3));
      const texts = run.filter(isText);
      if (texts.length < run.length || !run.every(({ $ }) => Object.keys($).length === 1)) break;
      const items = texts.map(({ children, direction }): ListItem => {
        return { type: 'listitem', $: { id: by.id() }, ...(direction && { direction }), children };
      });
      const { $ } = here;
      result.splice(at, run.length, { type: 'list', listType: 'bullet', $, children: items });
      break;
    }
    case 'unlist': {
      if (here.type !== 'list' || here.children.some((item) => nested(item))) break;
      const texts = here.children.map(({ children, direction }, index): Block => {
        const $ = { id: index === 0 ? here.$.id : by.id() };
        return {
          type: 'paragraph',
          $,
          ...(direction && { direction }),
          children: children as Inline[],
        };
      });
      result.splice(at, 1, ...texts);
      break;
    }
    case 'enter':
      result.splice(at, 0, { type: 'paragraph', $: { id: by.id() }, children: [] });
      break;
    case 'split': {
      if (!isText(here)) break;
      const words = plainText(here);
      const middle = words.indexOf(' ', step.to % (words.length + 1));
      if (middle < 0) break;
      result[at] = { ...here, children: [text(words.slice(0, middle))] };
      const half = { type: 'paragraph' as const, $: { id: by.id() } };
      result.splice(at + 1, 0, { ...half, children: [text(words.slice(middle))] });
      break;
    }
    case 'join': {
      if (!isText(here) || !isText(before)) break;
      const between = plainText(before) === '' || plainText(here) === '' ? [] : [text(' ')];
      result[at - 1] = { ...before, children: [...before.children, ...between, ...here.children] };
      result.splice(at, 1);
      break;
    }
    case 'settle': {
      const contested = result.findIndex(({ type }) => type === 'conflict');
      const block = result[contested];
      if (block?.type !== 'conflict') break;
      const version = block.versions[step.to % block.versions.length];
      result.splice(contested, 1, ...(version ? [version] : []));
      break;
    }
    default:
      if (here.type !== 'conflict') result[at] = changeBlock(here, step, by);
  }
  return result;
}

function changeFields(content: Content, step: RichAct, by: Hand): Content {
  const { fields, conflicts } = content;
  const set = (changes: Partial<Fields>): Content => ({
    ...content,
    fields: { ...fields, ...changes },
  });
  const entries = <T extends { id: string }>(list: T[], create: () => T): T[] => {
    const named = list.map((entry) => ({ entry, $: { id: entry.id } }));
    const made = (entry: T) => ({ entry, $: { id: entry.id } });
    const act = (['entry-insert', 'entry-write', 'entry-move', 'entry-remove'] as const)[
      step.to % 4
    ];
    return changeEntries(
      named,
      { ...step, do: act ?? 'entry-insert' },
      () => made(create()),
      ({ entry }) => made({ ...create(), id: entry.id }),
    ).map(({ entry }) => entry);
  };
  switch (step.do) {
    case 'headline':
      return set(
        step.to % 2 ? { headline: by.word() } : { standfirst: step.at % 4 ? by.word() : '' },
      );
    case 'language':
      return set({ language: step.to % 2 ? 'ar' : 'ku', direction: step.at % 2 ? 'rtl' : 'ltr' });
    case 'keyword':
      return set({
        keywords: step.to % 3 ? [...fields.keywords, by.word()] : fields.keywords.slice(1),
      });
    case 'byline':
      return set({ byline: entries(fields.byline, () => ({ id: by.id(), name: by.word() })) });
    case 'related':
      return set({
        related: entries(fields.related, () => ({
          id: by.id(),
          title: by.word(),
          url: '',
          postedOn: '',
          publication: '',
          desk: '',
          teaser: '',
        })),
      });
    case 'picture':
      if (!fields.leadImage || step.to % 4 === 0) return set({ leadImage: picture(by) });
      return set({
        leadImage: step.to % 4 === 1 ? null : { ...fields.leadImage, credit: by.word() },
      });
    default: {
      const [card] = conflicts;
      if (card?.kind !== 'field') return content;
      const version = card.versions[step.to % card.versions.length];
      return {
        ...set({ [card.field]: version }),
        conflicts: conflicts.filter((one) => one !== card),
      };
    }
  }
}

const OF_FIELDS: readonly string[] = [
  'headline',
  'language',
  'keyword',
  'byline',
  'related',
  'picture',
  'settle-field',
];

/** Plays what one editor did on an article. */
export function playRich(content: Content, script: readonly RichAct[], by: Hand): Content {
  return script.reduce<Content>(
    (now, step) =>
      OF_FIELDS.includes(step.do)
        ? changeFields(now, step, by)
        : { ...now, body: changeBody(now.body, step, by) },
    content,
  );
}

/** An article with something in every kind of place. */
export function richArticle(kinds: readonly RichAct['kind'][]): Content {
  const by = hand('base');
  return {
    fields: {
      ...emptyFields(),
      headline: by.word(),
      standfirst: by.word(),
      keywords: [by.word(), by.word()],
      byline: [{ id: by.id(), name: by.word() }],
      leadImage: picture(by),
    },
    body: kinds.map((kind) => newBlock(by, kind)),
    conflicts: [],
  };
}

export const richKinds = fc.array(fc.constantFrom(...KINDS), { maxLength: 7 });
