import { applyOrder } from '../../../../src-renderer/editor/body/order.ts';
import { mergeContents } from '#shared/merge';
import {
  defaultDeskProfile,
  emptyFields,
  type Block,
  type Content,
  type Fields,
  type ImageInfo,
} from '#shared/article';
import {
  StetError,
  type Bridge,
  type CallName,
  type EventData,
  type EventName,
  type ImportProposal,
  type Input,
  type NameSuggestion,
  type OpenArticle,
  type Output,
  type WorkingEdit,
} from '#shared/contract';

const ARTICLE = '0192d3a0-0000-7000-8000-000000000001';
const PERSON = '0192d3a0-0000-7000-8000-000000000002';
const NOW = '2026-11-14T12:04:33.000Z';

export interface FakeStart {
  body?: Block[];
  fields?: Partial<Fields>;
  conflicts?: OpenArticle['conflicts'];
  origins?: OpenArticle['origins'];
  readOnly?: string;
}

export type FakeCore = ReturnType<typeof createFakeCore>;

/** A core that lives in the page: it applies edits as the contract says and remembers each one. */
export function createFakeCore(start: FakeStart) {
  let body = start.body ?? [];
  let fields: Fields = { ...emptyFields(), ...start.fields };
  let conflicts = start.conflicts ?? [];
  let generation = 1;
  let failing: StetError | null = null;
  let delay = 0;
  let held: PromiseWithResolvers<void> | null = null;
  // What windows of earlier generations show, for edits that come late.
  const shown = new Map<number, Content>();
  let inFlight = 0;
  let mostInFlight = 0;
  let proposal: Partial<ImportProposal> | null = null;
  let names: NameSuggestion[] = [];
  const edits: (WorkingEdit & { at: number })[] = [];
  const asked: { name: string; input: unknown }[] = [];
  const listeners = new Map<string, Set<(data: never) => void>>();

  const opened = (): OpenArticle => ({
    id: ARTICLE,
    record: {
      id: ARTICLE,
      desk: null,
      createdBy: PERSON,
      createdAt: NOW,
      updatedAt: NOW,
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
    },
    fields,
    body,
    conflicts,
    origins: start.origins ?? [],
    generation,
    readOnly: start.readOnly ?? null,
    profile: defaultDeskProfile(),
    offers: [],
    revision: null,
    dirty: false,
    changedSincePublished: false,
  });

  const emit = <K extends EventName>(name: K, data: EventData<K>): void => {
    for (const listener of listeners.get(name) ?? [])
      (listener as (data: EventData<K>) => void)(data);
  };

  const edited = (of: Content, made: WorkingEdit): Content => {
    const byId = new Map(of.body.map((block) => [block.$.id, block]));
    for (const block of made.blocks ?? []) byId.set(block.$.id, block);
    const order = applyOrder(
      of.body.map((block) => block.$.id),
      made.placed ?? [],
      made.removed ?? [],
    );
    return {
      fields: { ...of.fields, ...(made.fields as Partial<Fields> | undefined) },
      body: order.flatMap((id) => byId.get(id) ?? []),
      conflicts: [
        ...of.conflicts.filter(({ id }) => !made.settled?.includes(id)),
        ...(made.reopened ?? []),
      ],
    };
  };

  const edit = (input: Input<'article.edit'>): Output<'article.edit'> => {
    const made = input as WorkingEdit;
    edits.push({ ...structuredClone(made), at: performance.now() });
    const before = shown.get(made.generation);
    const now = { fields, body, conflicts };
    if (before) {
      const late = edited(before, made);
      shown.set(made.generation, late);
      shown.set(generation, now);
      generation += 1;
      ({ fields, body, conflicts } = mergeContents(before, now, late).content);
    } else ({ fields, body, conflicts } = edited(now, made));
    return { savedAt: NOW, generation, merged: before ? opened() : null };
  };

  const answer = (name: CallName, input: unknown): unknown => {
    switch (name) {
      case 'article.open':
        return opened();
      case 'article.edit':
        return edit(input as Input<'article.edit'>);
      case 'vault.list':
        return { items: [] };
      case 'presence.move':
        return { here: [] };
      case 'names.suggest':
        return {
          found: names.filter((one) =>
            one.name.toLowerCase().includes((input as { text: string }).text.toLowerCase()),
          ),
        };
      case 'import.read': {
        const { text = '' } = input as { text?: string };
        const lines = text.split(/\n+/).filter(Boolean);
        return {
          id: 'import-1',
          source: 'Clipboard',
          page: false,
          guesses: [],
          declined: [],
          leftOut: [],
          kept: [],
          fields: emptyFields(),
          body: lines.map((line, index) => ({
            type: 'paragraph',
            $: { id: `import-${index}` },
            children: [{ type: 'text', text: line }],
          })),
          words: 0,
          ...proposal,
        };
      }
      case 'import.adjust': {
        const { declined } = input as Input<'import.adjust'>;
        const back = (proposal?.guesses ?? []).filter(({ id }) => declined.includes(id));
        return {
          ...(answer('import.read', {}) as ImportProposal),
          declined,
          body: [
            ...back.map(({ id, excerpt }) => ({
              type: 'paragraph',
              $: { id: `back-${id}` },
              children: [{ type: 'text', text: excerpt }],
            })),
            ...(proposal?.body ?? []),
          ],
        };
      }
      case 'assets.add': {
        const image: ImageInfo = {
          asset: 'a'.repeat(64),
          mime: 'image/png',
          width: 640,
          height: 240,
          caption: '',
          credit: '',
          alt: '',
        };
        return image;
      }
      case 'related.fromUrl': {
        const { url } = input as { url: string };
        return {
          related: {
            id: 'found',
            title: `Found at ${url}`,
            url,
            postedOn: '',
            publication: '',
            desk: '',
            teaser: '',
          },
          fetched: true,
          message: '',
        };
      }
      default:
        return {};
    }
  };

  const bridge: Bridge = {
    call: async <K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> => {
      asked.push({ name, input });
      inFlight += name === 'article.edit' ? 1 : 0;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await new Promise((resolve) => setTimeout(resolve, delay));
      inFlight -= name === 'article.edit' ? 1 : 0;
      if (failing && name === 'article.edit') throw failing;
      const answered = structuredClone(answer(name, input)) as Output<K>;
      await held?.promise;
      return answered;
    },
    on: (name, listener) => {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all);
      all.add(listener);
      return () => all.delete(listener);
    },
  };

  return {
    bridge,
    article: ARTICLE,
    body: () => body,
    fields: () => fields,
    conflicts: () => conflicts,
    edits: () => edits,
    asked: (name: string) => asked.filter((one) => one.name === name).length,
    mostInFlight: () => mostInFlight,
    setDelay: (milliseconds: number) => {
      delay = milliseconds;
    },
    /** Keeps every answer back until the next `release`. */
    hold: () => {
      held = Promise.withResolvers();
    },
    release: () => {
      held?.resolve();
      held = null;
    },
    fail: (sentence: string | null) => {
      failing = sentence === null ? null : new StetError('disk-full', sentence);
    },
    offerNames: (found: NameSuggestion[]) => {
      names = found;
    },
    nextImport: (next: Partial<ImportProposal>) => {
      proposal = next;
    },
    /** Another hand changes the working copy. */
    foreign: (next: { body?: Block[]; fields?: Partial<Fields>; quietly?: boolean }) => {
      shown.set(generation, { fields, body, conflicts });
      body = next.body ?? body;
      fields = { ...fields, ...next.fields };
      generation += 1;
      if (!next.quietly) emit('article', { article: ARTICLE, working: true });
    },
  };
}
