import type { WorkflowEvent } from '#shared/api';
import { slugOf } from '#shared/article';
import { NEWSROOM } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import type { ArticleRow, ServerDisk } from './server-disk.ts';

const PUBLISHING = new Set(['publish', 'correct']);

/** Under which name a section stands in addresses. */
function slugOfSection(section: string): string {
  const known = NEWSROOM.sections.find(({ name }) => name.toLowerCase() === section.toLowerCase());
  return known?.slug ?? (slugOf(section) || 'news');
}

/** What readers are told beside the words: its pictures, the section, since when, when it was changed last, why it was withdrawn. */
export function checkPublication(
  { id, published, publishedAt }: ArticleRow,
  { publications, events, revisions, publicPictures }: ServerDisk,
  broken: World['broken'],
): void {
  const acts = events.filter(({ article }) => article === id);
  const shown = acts.filter(({ transition }) => PUBLISHING.has(transition));
  const withdrawn = acts.findLast(({ transition }) => transition === 'withdraw');
  const [first, last]: (WorkflowEvent | undefined)[] = [shown[0], shown.at(-1)];
  if (publishedAt !== (first?.at ?? null))
    broken(4, `Article ${id} counts as published since ${publishedAt ?? 'never'}.`);
  const publication = publications.find(({ article }) => article === id);
  if (!publication) return;
  const { section, updatedAt, live, withdrawnReason } = publication;
  const revision = revisions.get(published ?? '');
  const fields = revision?.fields;
  const open = publicPictures.filter(({ article }) => article === id).map(({ asset }) => asset);
  const wanted = live === 1 ? [...new Set(revision?.assets)] : [];
  if (open.toSorted().join() !== wanted.toSorted().join())
    broken(4, `Readers get the pictures ${open.join()} with ${id}, and not ${wanted.join()}.`);
  if (section !== slugOfSection(fields?.section ?? ''))
    broken(4, `Readers find ${id} under ${section}, and it belongs to ${fields?.section ?? ''}.`);
  if (publication.publishedAt !== first?.at || updatedAt !== last?.at)
    broken(
      4,
      `Readers are told of ${id} that it was published on ${publication.publishedAt} and changed on ${updatedAt}.`,
    );
  if (withdrawnReason !== (live === 1 ? null : (withdrawn?.reason ?? '')))
    broken(5, `Readers are told of ${id} that it was withdrawn: ${withdrawnReason ?? 'no reason'}`);
}
