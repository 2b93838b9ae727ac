import type { ArticleDelivery, Channel, Desk, Person, RemoteVersion } from '#shared/api';
import { bodyWords, type Body, type Fields, type RelatedArticle } from '#shared/article';
import {
  StetError,
  type ArticleRow,
  type Colleague,
  type CommentThread,
  type Handlers,
  type HistoryEntry,
  type ImportProposal,
  type Input,
  type OpenArticle,
  type Output,
  type OutboxItem,
  type Queue,
  type Status,
  type UnfinishedComment,
  type VaultItem,
} from '#shared/contract';
import { joinParts, type TextPart } from '#shared/render';
import type { WorkflowState } from '#shared/workflow';
import * as build from './articles.ts';

const TODAY = '2026-11-14';
const at = (time: string): string => `${TODAY}T${time}.000Z`;
const HASH = '9c41e2'.padEnd(64, '0');

/** Two pieces of unsent work: one that can be brought back, one that cannot yet, in Arabic. */
export function keptWork(): VaultItem[] {
  const why = 'You worked on no desk any more, so the article was closed to you.';
  return [
    {
      id: '2026-11-14-dam-report-00000001',
      at: at('11:40:00'),
      headline: 'Dam Report Was Never Read, Engineers Say',
      why,
      changes: ['2 edits', '1 comment', 'Submit'],
      broughtBack: null,
      way: {
        to: 'new',
        why: 'The article belongs to another desk, so this becomes a new article of your own on News Desk.',
      },
    },
    {
      id: '2026-11-13-river-00000002',
      at: '2026-11-13T17:02:00.000Z',
      headline: 'السد لا يصمد أمام الفيضان',
      why,
      changes: ['1 edit'],
      broughtBack: null,
      way: {
        to: 'nowhere',
        why: 'You work on no desk, so there is nowhere to bring it back to. Ask your newsroom admin for a desk; until then copy the text, or save it as a file.',
      },
    },
  ];
}

function keptItem(vault: readonly VaultItem[], id: string): VaultItem {
  const item = vault.find((each) => each.id === id);
  if (item) return item;
  throw new StetError('not-found', 'This is no longer in the vault.');
}

function keptText(vault: readonly VaultItem[], id: string): { parts: TextPart[]; text: string } {
  const { headline } = keptItem(vault, id);
  const parts = [
    { label: 'Headline', text: headline },
    { label: 'Byline', text: 'Jonah Okafor\nليلى دمير' },
    { label: '', text: 'The dam does not hold, three engineers told the district council.' },
    { label: '', text: 'قال مهندسون إن السد لا يصمد.' },
    { label: 'Note', text: 'Ask for the gauge readings of 1997.' },
    { label: 'Keywords', text: 'dam\nflood' },
    { label: 'Unsent comment', text: '“does not hold”\nAccording to whom?' },
  ];
  return { parts, text: joinParts(parts) };
}

/** A newsroom in memory that answers the window's calls, for tests of the window alone. */
export interface RendererNewsroom {
  status: Status;
  rows: ArticleRow[];
  open: Map<string, OpenArticle>;
  threads: CommentThread[];
  unfinished: UnfinishedComment[];
  history: HistoryEntry[];
  outbox: OutboxItem[];
  vault: VaultItem[];
  /** Where the window said its person is, and who else is where. */
  place: Input<'presence.move'>['place'];
  here: Colleague[];
  inbox: Output<'inbox.list'>['messages'];
  /** The CMSs that are connected, how each article stands with them, and what somebody wrote in one. */
  channels: Channel[];
  deliveries: Map<string, ArticleDelivery[]>;
  theirs: RemoteVersion;
  proposal: ImportProposal | null;
  /** Every call, in order. */
  calls: { name: string; input: unknown }[];
  handlers: Partial<Handlers>;
  /** The article with text, marks and fields that most tests open. */
  floods: string;
}

const HEADLINES: readonly [
  slug: string,
  headline: string,
  credit: string,
  words: number,
  time: string,
][] = [
  [
    'HARBOUR-STRIKE',
    'Dockers Vote to Extend Walkout as Talks Stall',
    'A. Lindqvist',
    540,
    '11:58:00',
  ],
  [
    'VALLEY-FLOODS',
    'Rivers Crest Below Record, Valley Officials Say',
    'J. Okafor',
    812,
    '12:04:00',
  ],
  [
    'BUDGET-VOTE',
    'Council Passes Budget After Two-Day Debate',
    'Copy Editing Desk',
    690,
    '12:11:00',
  ],
  ['ENVOY-TALKS', 'Envoy Leaves Talks With ‘Draft, Not a Deal’', 'News Desk', 1204, '12:20:00'],
  ['GRID-OUTAGE', 'Power Back in Northern Suburbs After Six Hours', 'S. Ferreira', 388, '12:26:00'],
  [
    'MUSEUM-RETURN',
    'Museum to Return Carved Panel It Has Held Since 1911',
    'News Desk',
    927,
    '12:31:00',
  ],
];

function rowsOf(desk: Desk, state: WorkflowState, count: number): ArticleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const [slugline, headline, credit, words, time] = HEADLINES[index % HEADLINES.length]!;
    const turn = Math.floor(index / HEADLINES.length);
    return {
      id: build.anId(),
      slugline: turn === 0 ? slugline : `${slugline}-${turn + 1}`,
      headline,
      section: 'News Room',
      state,
      live: state === 'published',
      desk: desk.name,
      credit,
      words,
      marks: slugline === 'VALLEY-FLOODS' ? 3 : 0,
      conflicts: slugline === 'ENVOY-TALKS' ? 1 : 0,
      waiting: false,
      refused: slugline === 'GRID-OUTAGE',
      updatedAt: at(time),
      postedOn: null,
    };
  });
}

function floodBody(): Body {
  return [
    build.paragraph(
      'The river crested 40 centimetres below its 1997 record early Saturday, valley officials said, and the last of the evacuated towns could reopen as soon as Monday.',
      'first-block',
    ),
    build.paragraph(
      '“We are past the worst of it, but the levee has to be walked metre by metre,” district engineer Pilar Anand told reporters.',
    ),
    build.subhead('Waiting on the levee'),
    build.paragraph(
      'Crews found seepage in two places late Thursday. Neither had widened by dawn, Anand said, and a second pump was on its way from the coast.',
    ),
    build.paragraph(
      'At the school gymnasium in Westbrook, about 300 people spent a second night on camp beds while volunteers kept a list of pets, medicines and missing house keys.',
    ),
  ];
}

function related(title: string, postedOn: string, desk: string): RelatedArticle {
  return {
    id: build.aBlockId(),
    title,
    url: '',
    postedOn,
    publication: 'The Valley Courier',
    desk,
    teaser: '',
    article: build.anId(),
  };
}

const SUGGESTIONS: readonly [title: string, day: string, desk: string, why: string][] = [
  ['River Passes Second Warning Mark, Schools Close', '2026-11-12', 'News Desk', 'close match'],
  [
    'What the New Flood Map Changes for Valley Homeowners',
    '2026-10-03',
    'J. Okafor',
    'close match',
  ],
  ['Pump Failure Delays Levee Survey to Spring', '2026-08-21', 'Copy Editing Desk', 'same place'],
  [
    'Eastern Levee ‘Sound’, District Says After Winter Survey',
    '2025-03-02',
    'News Desk',
    'same people',
  ],
];

/** The newsroom of the sample pictures, seen by its desk chief with one article in review. */
export function rendererNewsroom(): RendererNewsroom {
  const newsDesk = build.desk({ name: 'News Desk' });
  const copyDesk = build.desk({ name: 'Copy Editing Desk', slug: 'copy' });
  const chief = build.deskChief(newsDesk.id, { name: 'M. Haidari', login: 'haidari', admin: true });
  const author = build.copyEditor(newsDesk.id, { name: 'Jonah Okafor', login: 'jonah' });
  const people: Person[] = [
    chief,
    author,
    build.person({ name: 'Rana Saleh', login: null, affiliation: 'Valley Radio' }),
    build.person({ name: 'Tomás Brandt', login: null, affiliation: 'Valley Radio' }),
  ];
  const newsroom = build.newsroom({
    name: 'The Valley Courier',
    sections: ['News Room', 'World', 'Courts'].map((name) => ({ name, slug: name.toLowerCase() })),
  });
  const rows = [...rowsOf(newsDesk, 'in-review', 6), ...rowsOf(newsDesk, 'published', 214)];
  const floods = rows[1]!.id;
  const fieldsOf = (row: ArticleRow): Fields =>
    build.fields({
      desk: newsDesk.id,
      slugline: row.slugline,
      headline: row.headline,
      standfirst: 'Three towns stay evacuated overnight as crews inspect the eastern levee.',
      byline: [
        { id: 'byline-0001', name: 'Jonah Okafor', person: author.id },
        { id: 'byline-0002', name: 'News Desk', desk: newsDesk.id },
      ],
      related: SUGGESTIONS.slice(0, 3).map(([title, day, desk]) => related(title, day, desk)),
    });
  const openOf = (row: ArticleRow): OpenArticle => ({
    id: row.id,
    record: build.record({
      id: row.id,
      desk: newsDesk.id,
      createdBy: author.id,
      state: row.state,
      head: HASH,
    }),
    fields: fieldsOf(row),
    body: floodBody(),
    conflicts: [],
    origins: [],
    generation: 1,
    readOnly: null,
    profile: newsDesk.profile,
    offers: [
      { transition: 'send-back', allowed: true, why: '' },
      { transition: 'approve', allowed: true, why: '' },
    ],
    revision: { hash: HASH, number: 17 },
    dirty: false,
    changedSincePublished: false,
  });
  const room: RendererNewsroom = {
    status: {
      stage: 'ready',
      newsroom,
      serverUrl: 'http://127.0.0.1:4000',
      sample: { running: true },
      person: chief,
      profile: 'default',
      saved: { at: at('12:04:33'), failing: null },
      sync: {
        state: 'online',
        since: at('11:40:00'),
        lastSyncedAt: at('12:04:00'),
        waiting: 0,
        editing: 0,
        parked: 0,
        pictures: { toSend: 0, toCome: 0 },
        message: null,
        progress: null,
      },
      store: { readOnly: false, notices: [] },
    },
    rows,
    floods,
    open: new Map(rows.slice(0, 8).map((row) => [row.id, openOf(row)])),
    unfinished: [],
    threads: [
      {
        id: build.anId(),
        anchor: { block: 'first-block', quote: 'the last of the evacuated towns', offset: 93 },
        resolved: false,
        entries: [],
      },
    ],
    history: [
      {
        kind: 'event',
        id: build.anId(),
        text: 'submitted it',
        by: 'Jonah Okafor',
        at: at('12:02:00'),
        reason: '',
        hash: HASH,
      },
      {
        kind: 'revision',
        hash: HASH,
        number: 17,
        by: 'Jonah Okafor',
        at: at('12:01:00'),
        note: '',
        words: 812,
        labels: ['head'],
      },
      {
        kind: 'revision',
        hash: 'ab12cd'.padEnd(64, '0'),
        number: 16,
        by: 'Jonah Okafor',
        at: at('11:20:00'),
        note: 'Imported',
        words: 790,
        labels: [],
      },
    ],
    outbox: [],
    vault: [],
    place: null,
    here: [],
    inbox: [
      {
        id: build.anId(),
        desk: newsDesk.id,
        kind: 'comment',
        name: 'Leyla Demir',
        email: 'leyla@example.org',
        subject: 'The pump at Westbrook',
        text: 'The second pump arrived on Friday morning, not at night. I was there.',
        article: floods,
        at: at('09:15:00'),
        handledBy: null,
        became: null,
      },
    ],
    channels: [],
    deliveries: new Map(),
    theirs: {
      theirs: '00'.repeat(32),
      title: '',
      excerpt: '',
      html: '',
      status: 'publish',
      text: '',
      before: null,
    },
    proposal: null,
    calls: [],
    handlers: {},
  };
  const [thread] = room.threads;
  thread!.entries.push({
    id: thread!.id,
    article: floods,
    thread: thread!.id,
    kind: 'comment',
    anchor: thread!.anchor,
    text: 'All three, or only Westbrook?',
    author: chief.id,
    at: at('12:03:00'),
    authorName: 'M. Haidari',
    waiting: false,
  });

  const isIn = (queue: Queue, row: ArticleRow): boolean => {
    if (queue.kind === 'archive') return true;
    if (queue.kind === 'bin') return false;
    return queue.kind === 'desk' && queue.desk === newsDesk.id && row.state === queue.state;
  };
  const openOrRefuse = (id: string): OpenArticle => {
    const article = room.open.get(id);
    if (article) return article;
    throw new StetError('not-found', 'This article is not on this computer.');
  };

  room.handlers = {
    'app.status': () => room.status,
    'app.openExternal': () => ({}),
    'settings.get': () => ({ theme: 'system', textSize: 100, spellcheck: true }),
    'settings.set': (change) => ({
      theme: change.theme ?? 'system',
      textSize: change.textSize ?? 100,
      spellcheck: change.spellcheck ?? true,
    }),
    'store.backup': () => ({ name: 'stet-2026-11-14.sqlite', bytes: 1_400_000 }),
    'setup.samplePeople': () => ({
      available: true,
      why: '',
      people: [
        { login: 'jonah', name: 'Jonah Okafor', title: 'copy editor', desk: 'News Desk' },
        { login: 'haidari', name: 'M. Haidari', title: 'desk chief', desk: 'News Desk' },
        { login: 'ines', name: 'Inês Duarte', title: 'newsroom admin', desk: '' },
      ],
    }),
    'setup.sample': () => ({}),
    'setup.connect': () => {
      throw new StetError('offline', 'No server answers at that address. Check it and try again.');
    },
    'sample.server': () => ({}),
    'session.changePassword': ({ current }) => {
      if (current === 'the present one') return { devices: 2 };
      throw new StetError('refused', 'This is not your present password.');
    },
    'presence.move': ({ place }) => {
      room.place = place;
      return { here: room.here };
    },
    'sync.now': () => ({}),
    'sync.pause': () => ({}),
    'outbox.list': () => ({
      url: room.status.serverUrl ?? '',
      outbox: room.outbox,
      cursor: 'a:1',
      lastAnswer: null,
    }),
    'outbox.retry': () => ({}),
    'outbox.dismiss': ({ id }) => {
      room.outbox = room.outbox.filter((item) => item.id !== id);
      return {};
    },
    'vault.list': () => ({ items: room.vault }),
    'vault.read': ({ id }) => {
      const { parts, text } = keptText(room.vault, id);
      return { item: keptItem(room.vault, id), parts, name: `${id}.txt`, text };
    },
    'vault.bringBack': ({ id }) => {
      const item = keptItem(room.vault, id);
      item.broughtBack = { article: floods, at: at('12:06:00') };
      return { article: floods, isNew: item.way.to === 'new' };
    },
    'vault.discard': ({ id }) => {
      room.vault = room.vault.filter((item) => item.id !== id);
      return {};
    },
    'outbox.export': () => ({ name: 'stet-outbox.json', text: '[]' }),
    'queues.counts': () => ({
      counts: [
        { queue: { kind: 'mine', state: 'draft' }, count: 4 },
        { queue: { kind: 'mine', state: 'sent-back' }, count: 1 },
        { queue: { kind: 'archive' }, count: 18_402 },
        ...(['in-review', 'approved', 'scheduled', 'published', 'withdrawn'] as const).map(
          (state) => {
            const queue = { kind: 'desk', desk: newsDesk.id, state } as const;
            return { queue, count: room.rows.filter((row) => isIn(queue, row)).length };
          },
        ),
      ],
      people: 96,
      inbox: [{ desk: newsDesk.id, open: 1 }],
    }),
    'articles.list': ({ queue, offset, limit }) => {
      const found = room.rows.filter((row) => isIn(queue, row));
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    'articles.search': ({ text, offset, limit }) => {
      const found = room.rows
        .filter(({ headline }) => headline.toLowerCase().includes(text.toLowerCase()))
        .map((row) => ({ ...row, snippet: `the \u0002${text}\u0003 crested below its record` }));
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    'article.create': () => {
      const row = { ...rowsOf(newsDesk, 'draft', 1)[0]!, headline: '', slugline: '' };
      room.rows.push(row);
      room.open.set(row.id, { ...openOf(row), fields: build.fields({ headline: '' }), body: [] });
      return { article: row.id };
    },
    'article.open': ({ article }) => openOrRefuse(article),
    'article.edit': ({ article, fields, blocks, settled = [], reopened = [] }) => {
      const open = openOrRefuse(article);
      Object.assign(open.fields, fields);
      const closed = new Set([...settled, ...reopened.map(({ id }) => id)]);
      open.conflicts = [...open.conflicts.filter(({ id }) => !closed.has(id)), ...reopened];
      for (const block of blocks ?? []) {
        const index = open.body.findIndex(({ $ }) => $.id === block.$.id);
        if (index >= 0) open.body[index] = block;
        else open.body.push(block);
      }
      return { savedAt: at('12:05:00'), generation: open.generation, merged: null };
    },
    'article.seal': () => ({ hash: null }),
    'article.transition': () => ({}),
    'article.bin': () => ({}),
    'article.history': () => ({ entries: room.history }),
    'article.restore': () => ({}),
    'revision.read': ({ article, revision }) => {
      const { fields, body } = openOrRefuse(article);
      if (revision === HASH) return { fields, body, conflicts: [] };
      const headline = 'Rivers Crest Near Record, Valley Officials Say';
      return { fields: { ...fields, headline }, body: body.slice(0, -1), conflicts: [] };
    },
    'comments.list': ({ article }) => ({
      threads: article === floods ? room.threads : [],
      unfinished: article === floods ? room.unfinished : [],
    }),
    'comments.keep': ({ thread, anchor, text }) => {
      const others = room.unfinished.filter((one) => one.thread !== thread);
      room.unfinished = text.trim() === '' ? others : [...others, { thread, anchor, text }];
      return {};
    },
    'comments.add': ({ thread, kind, text, anchor, article }) => {
      room.unfinished = room.unfinished.filter((one) => one.thread !== thread);
      const found = room.threads.find(({ id }) => id === thread);
      if (kind === 'resolve' || kind === 'reopen') {
        if (found) found.resolved = kind === 'resolve';
        return {};
      }
      const id = build.anId();
      const entry = {
        id,
        article,
        thread: thread ?? id,
        kind,
        anchor,
        text,
        author: chief.id,
        at: at('12:06:00'),
        authorName: chief.name,
        waiting: true,
      };
      if (found) found.entries.push(entry);
      else room.threads.push({ id, anchor, resolved: false, entries: [entry] });
      return {};
    },
    'related.suggest': () => ({
      found: SUGGESTIONS.map(([title, day, desk, why]) => ({
        related: related(title, day, desk),
        why,
      })),
      milliseconds: 12,
    }),
    'related.search': ({ text }) => ({
      found: SUGGESTIONS.filter(([title]) => title.toLowerCase().includes(text.toLowerCase())).map(
        ([title, day, desk]) => ({ related: related(title, day, desk), why: 'close match' }),
      ),
      milliseconds: 3,
    }),
    'related.fromUrl': ({ url }) => ({
      related: { ...related('A page elsewhere', '', ''), url },
      fetched: true,
      message: '',
    }),
    'names.suggest': () => ({ found: [] }),
    'people.list': () => ({ people, desks: [newsDesk, copyDesk], newsroom }),
    'channels.list': () => ({ channels: room.channels }),
    'deliveries.list': ({ article }) => ({ deliveries: room.deliveries.get(article) ?? [] }),
    'deliveries.decide': ({ article }) => ({ deliveries: room.deliveries.get(article) ?? [] }),
    'deliveries.theirs': () => room.theirs,
    'deliveries.takeIn': ({ article }) => ({ deliveries: room.deliveries.get(article) ?? [] }),
    'people.invite': () => ({
      code: 'blue-pencil-4417',
      url: 'http://127.0.0.1:4000',
      expiresAt: at('23:00:00'),
    }),
    'desks.save': () => ({}),
    'inbox.list': () => ({ messages: room.inbox }),
    'inbox.handle': ({ message, handled }) => {
      const found = room.inbox.find(({ id }) => id === message);
      if (found) found.handledBy = handled ? chief.id : null;
      return {};
    },
    'inbox.toArticle': () => ({ article: floods }),
    'import.read': ({ name }) => {
      room.proposal = aProposal(name);
      return room.proposal;
    },
    'import.adjust': ({ declined, kept }) => {
      room.proposal = { ...room.proposal!, declined, kept };
      return room.proposal;
    },
    'import.accept': () => ({ article: floods }),
    'import.discard': () => ({}),
    'jobs.cancel': () => ({}),
  };
  return room;
}

function aProposal(source: string): ImportProposal {
  const body = floodBody();
  return {
    id: 'proposal-1',
    source,
    page: true,
    guesses: [
      {
        id: 'headline',
        kind: 'recognised',
        label: 'Headline',
        excerpt: 'Rivers Crest Below Record, Valley Officials Say',
        otherwise: 'stays in the body as a paragraph',
      },
      {
        id: 'byline',
        kind: 'recognised',
        label: 'Byline',
        excerpt: 'Jonah Okafor',
        otherwise: 'stays in the body as a paragraph',
      },
      {
        id: 'quotes',
        kind: 'changed',
        label: 'Quotation marks',
        excerpt: '"We are past the worst of it',
        otherwise: 'stays as it was written',
      },
    ],
    declined: [],
    leftOut: [
      {
        id: 'cookies',
        label: 'Cookie notice',
        text: 'We use cookies to improve your experience on this site.',
        reason: 'belongs to the site, not to the article',
      },
    ],
    kept: [],
    fields: build.fields({ headline: 'Rivers Crest Below Record, Valley Officials Say' }),
    body,
    words: bodyWords(body),
  };
}
