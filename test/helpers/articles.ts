import type { ArticleRecord, Desk, Newsroom, Person, StoredRevision } from '#shared/api';
import {
  defaultDeskProfile,
  emptyFields,
  newId,
  sealRevision,
  type Block,
  type Content,
  type Fields,
  type Hash,
  type Id,
  type Inline,
} from '#shared/article';
import { NOON, seededRandom } from './clock-and-random.ts';

const random = seededRandom(20_261_114);

/** A new UUIDv7, different each time. */
export const anId = (): Id => newId(() => NOON, random);

let blocks = 0;
/** A new block id, different each time. */
export const aBlockId = (): string => `block-${(blocks += 1).toString().padStart(6, '0')}`;

export const text = (words: string): Inline => ({ type: 'text', text: words });

export function paragraph(words: string, id = aBlockId()): Extract<Block, { type: 'paragraph' }> {
  return { type: 'paragraph', $: { id }, children: words === '' ? [] : [text(words)] };
}

export function subhead(words: string, id = aBlockId()): Extract<Block, { type: 'heading' }> {
  return { type: 'heading', tag: 'h2', $: { id }, children: [text(words)] };
}

export function quote(words: string, id = aBlockId()): Extract<Block, { type: 'quote' }> {
  return { type: 'quote', $: { id }, children: [text(words)] };
}

/** A picture without bytes; `asset` is its hash. */
export function picture(asset: Hash, id = aBlockId()): Extract<Block, { type: 'image' }> {
  const about = { mime: 'image/png', width: 640, height: 480 } as const;
  return { type: 'image', $: { id }, asset, ...about, caption: '', credit: '', alt: 'A bridge' };
}

/** Fields of an article that a desk would take: section, headline and byline are there. */
export function fields(changes: Partial<Fields> = {}): Fields {
  return {
    ...emptyFields(),
    section: 'News Room',
    slugline: 'VALLEY-FLOODS',
    headline: 'Floods close the valley road for a second day',
    byline: [{ id: 'byline-0001', name: 'Mira Hassan' }],
    ...changes,
  };
}

/** Content with one paragraph, or with the blocks given: a string is a paragraph. */
export function content(
  changes: {
    fields?: Partial<Fields>;
    body?: (string | Block)[];
    conflicts?: Content['conflicts'];
  } = {},
): Content {
  const body = changes.body ?? [
    'The river rose by two metres overnight, the district council said.',
  ];
  return {
    fields: fields(changes.fields),
    body: body.map((block) => (typeof block === 'string' ? paragraph(block) : block)),
    conflicts: changes.conflicts ?? [],
  };
}

export function desk(changes: Partial<Desk> = {}): Desk {
  const profile = { ...defaultDeskProfile(), defaultSection: 'News Room', ...changes.profile };
  return { id: anId(), name: 'News Desk', slug: 'news-desk', ...changes, profile };
}

/** A copy editor of no desk; see `copyEditor` and `deskChief`. */
export function person(changes: Partial<Person> = {}): Person {
  return {
    id: anId(),
    login: 'mira',
    name: 'Mira Hassan',
    affiliation: '',
    admin: false,
    memberships: [],
    active: true,
    ...changes,
  };
}

export function copyEditor(on: Id, changes: Partial<Person> = {}): Person {
  return person({ memberships: [{ desk: on, role: 'copy-editor' }], ...changes });
}

export function deskChief(on: Id, changes: Partial<Person> = {}): Person {
  const role = 'desk-chief' as const;
  return person({
    login: 'jonah',
    name: 'Jonah Okafor',
    memberships: [{ desk: on, role }],
    ...changes,
  });
}

export function newsroom(changes: Partial<Newsroom> = {}): Newsroom {
  return {
    id: anId(),
    name: 'The Valley Post',
    siteUrl: 'http://127.0.0.1:4000',
    language: 'en',
    timeZone: 'UTC',
    sections: [{ name: 'News Room', slug: 'news-room' }],
    donationsUrl: '',
    ...changes,
  };
}

/** What a server says of a draft. */
export function record(changes: Partial<ArticleRecord> = {}): ArticleRecord {
  const now = new Date(NOON).toISOString();
  return {
    id: anId(),
    desk: null,
    createdBy: anId(),
    createdAt: now,
    updatedAt: now,
    state: 'draft',
    head: null,
    sides: [],
    approvedRevision: null,
    publishedRevision: null,
    live: false,
    scheduledAt: null,
    publishedAt: null,
    publicUrl: null,
    binned: false,
    ...changes,
  };
}

/** A revision of content as it travels. */
export function revision(
  article: Id,
  of: Content = content(),
  changes: { parents?: Hash[]; author?: Id; device?: Id; at?: string } = {},
): StoredRevision {
  const { author = anId(), device = anId(), at = new Date(NOON).toISOString() } = changes;
  return {
    ...sealRevision(article, changes.parents ?? [], of),
    article,
    envelope: { author, device, at },
  };
}
