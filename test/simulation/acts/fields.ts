import { newLocalId, type Content } from '#shared/article';
import { DESKS } from '../world/newsroom.ts';
import type { Act, Desk, Writing } from './editing.ts';

function put({ content }: Pick<Desk, 'content'>, fields: Partial<Content['fields']>): Writing {
  return { edit: { fields }, after: { ...content, fields: { ...content.fields, ...fields } } };
}

const SCALARS = ['headline', 'standfirst', 'slugline', 'teaser', 'dateline', 'section'] as const;

/** What several articles may ask for at once: to stand at the same address. */
const ADDRESSES = ['the-bridge', 'the-river'] as const;

export const setField: Act = (desk) => {
  const { dice, words, content } = desk;
  const kind = dice.next();
  if (kind < 0.07) return put(desk, { desk: dice.chance(0.3) ? null : dice.pick(DESKS).id });
  if (kind < 0.27) return put(desk, { urlSlug: dice.pick(ADDRESSES) });
  // Who has the same text before them often comes to the same field.
  const likely = SCALARS[content.body.length % SCALARS.length]!;
  return put(desk, { [dice.chance(0.6) ? likely : dice.pick(SCALARS)]: words.name() });
};

const ENTRY_LISTS = ['byline', 'contributors', 'related', 'keywords'] as const;

export const setList: Act = (desk) => {
  const { content, dice, words } = desk;
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
  const rest = before.filter((each) => each !== picked);
  const changed =
    how < 2 ? before.toSpliced(at, 0, entry) : how === 2 ? rest : rest.toSpliced(at, 0, picked);
  return put(desk, { [name]: changed });
};

/** Whom and what several people add without knowing of each other, now and then with more that they know of it. */
const KNOWN = { name: 'Sara Ali', url: 'https://example.org/the-bridge', title: 'The bridge' };

export const addKnown: Act = ({ content, dice, words }) => {
  const { byline, contributors, related } = content.fields;
  const id = newLocalId(dice.bytes);
  const { name, url, title } = KNOWN;
  const more = dice.chance(0.5) ? words.name() : '';
  const about = { postedOn: '', publication: '', desk: '' };
  const added = {
    byline: { byline: [...byline, { id, name }] },
    contributors: {
      contributors: [
        { id, name, affiliation: more, role: '', kind: 'person' as const },
        ...contributors,
      ],
    },
    related: { related: [...related, { id, title, url, ...about, teaser: more }] },
  };
  return put({ content }, added[dice.pick(['byline', 'contributors', 'related'] as const)]);
};

/** Corrects an entry that stands in a list. */
export const editEntry: Act = (desk) => {
  const { content, dice, words } = desk;
  const { byline, contributors, related } = content.fields;
  const name = dice.pick(['byline', 'contributors', 'related'] as const);
  const at = dice.below(content.fields[name].length);
  switch (name) {
    case 'byline':
      return byline[at]
        ? put(desk, { byline: byline.with(at, { ...byline[at], name: words.name() }) })
        : null;
    case 'contributors':
      return contributors[at]
        ? put(desk, {
            contributors: contributors.with(at, {
              ...contributors[at],
              affiliation: words.name(),
            }),
          })
        : null;
    case 'related':
      return related[at]
        ? put(desk, { related: related.with(at, { ...related[at], teaser: words.name() }) })
        : null;
  }
};

export const setEmbargo: Act = (desk) => {
  const { dice, now } = desk;
  const minutes = dice.between(-2, 6);
  const at = new Date(Date.parse(now) + minutes * 60_000).toISOString();
  return put(desk, { embargo: dice.chance(0.4) ? null : at });
};
