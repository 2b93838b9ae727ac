import {
  newLocalId,
  type Body,
  type Fields,
  type Id,
  type ImageInfo,
  type RandomBytes,
} from '#shared/article';
import { StetError, type Handlers, type ImportProposal, type ImportSource } from '#shared/contract';
import type { Job, Jobs } from '../jobs/index.ts';
import { propose, type ReadSource } from './proposal.ts';
import { readSource } from './read-source.ts';

export { readPassages, type Passage } from './passages.ts';
export { readPageFacts, type PageMeta } from './html-page.ts';

export interface ImportDeps {
  random: RandomBytes;
  jobs: Jobs;
  addPicture(bytes: Uint8Array): Promise<Pick<ImageInfo, 'asset' | 'mime' | 'width' | 'height'>>;
  /** Makes an article with this content and gives its id; `note` goes to its first revision. */
  createArticle(content: ImportedContent, note: string): Promise<Id>;
  /** Puts the content into an article in which nothing is written yet; false when something is. */
  fillArticle(article: Id, content: ImportedContent, note: string): boolean;
}

type ImportedContent = { fields: Fields; body: Body };

type ImportCall = 'import.read' | 'import.adjust' | 'import.accept' | 'import.discard';

// Small texts are read before anyone could see a progress bar.
const WORTH_TELLING = 300_000;
// More proposals than anyone looks at; the oldest go first.
const MAX_WAITING = 20;
/** What History says of the first revision. */
const NOTE = 'Imported';

function sizeOf(source: ImportSource): number {
  return Math.max(source.html?.length ?? 0, source.text?.length ?? 0, source.base64?.length ?? 0);
}

/** The handlers of taking in. Proposals wait in memory until they are accepted or discarded; no article exists before. */
export function importHandlers(deps: ImportDeps): Pick<Handlers, ImportCall> {
  const waiting = new Map<string, { read: ReadSource; proposal: ImportProposal }>();
  const newId = (): string => newLocalId(deps.random);

  const find = (id: string): { read: ReadSource; proposal: ImportProposal } => {
    const found = waiting.get(id);
    if (!found)
      throw new StetError(
        'not-found',
        'This text was closed in the meantime. Open or paste it again.',
      );
    return found;
  };
  const keep = (read: ReadSource, proposal: ImportProposal): ImportProposal => {
    waiting.delete(read.id);
    waiting.set(read.id, { read, proposal });
    for (const id of waiting.keys()) if (waiting.size > MAX_WAITING) waiting.delete(id);
    return proposal;
  };

  return {
    'import.read': async (source) => {
      const large = sizeOf(source) > WORTH_TELLING;
      const job: Job | null = large
        ? deps.jobs.start(`Reading ${source.name || 'the text'}`)
        : null;
      try {
        const read = await readSource(source, {
          newId,
          addPicture: (bytes) => deps.addPicture(bytes),
          onProgress: async (done, total) => job?.step(done, total),
        });
        return keep(read, propose(read, { declined: [], kept: [] }, newId));
      } finally {
        job?.finish();
      }
    },
    'import.adjust': ({ id, declined, kept }) => {
      const { read } = find(id);
      return keep(read, propose(read, { declined, kept }, newId));
    },
    'import.accept': async ({ id, desk, into }) => {
      const { fields, body } = find(id).proposal;
      const isFilled = into !== null && deps.fillArticle(into, { fields, body }, NOTE);
      const article = isFilled
        ? into
        : await deps.createArticle({ fields: { ...fields, desk }, body }, NOTE);
      waiting.delete(id);
      return { article };
    },
    'import.discard': ({ id }) => {
      waiting.delete(id);
      return {};
    },
  };
}
