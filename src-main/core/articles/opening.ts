import type { ArticleRecord } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import { StetError, type OpenArticle } from '#shared/contract';
import { can } from '#shared/workflow';
import type { WorkingCopy } from '../store/index.ts';
import { contentOf, offersOf, profileOf } from './offers.ts';
import { originsOf } from './origins.ts';
import type { ArticleHandlers, Context } from './types.ts';

const GONE =
  'This article is not on this computer. Where it was closed to you, what you had not sent of it is kept in the vault; otherwise look for it in the archive.';

/** The effective record of an article that must be here. */
export function recordOf({ store }: Context, article: Id): ArticleRecord {
  const record = store.articles.record(article);
  if (!record) throw new StetError('not-found', GONE);
  return record;
}

/** An article with everything the window shows around it. */
export function openArticle(context: Context, article: Id): OpenArticle {
  const { store, clock } = context;
  const person = context.person();
  const record = recordOf(context, article);
  const copy = store.working.read(article);
  if (!copy) throw new StetError('not-found', GONE);
  store.working.handOut(article);
  const { content, base, generation, dirty } = copy;
  return {
    id: article,
    record,
    ...content,
    origins: originsOf(store, content, base),
    generation,
    readOnly: whyReadOnly(context, record, copy),
    profile: profileOf(store, record),
    offers: copy.standing === 'editable' ? offersOf(store, person, record, copy, clock()) : [],
    revision:
      base === null ? null : { hash: base, number: Math.max(1, store.revisions.numberOf(base)) },
    dirty,
    changedSincePublished: record.live && changedSince(context, record, copy),
  };
}

/** Why the signed-in person cannot edit the article here, as a sentence; null when they can. */
export function whyReadOnly(
  context: Context,
  record: ArticleRecord,
  copy: WorkingCopy,
): string | null {
  if (context.store.readOnly)
    return 'A newer version of Stet wrote the database on this computer. Update Stet to edit.';
  if (copy.standing === 'newer-schema')
    return 'A newer version of Stet wrote this article. Nothing of it is lost; update Stet to edit it.';
  if (copy.standing === 'unreadable')
    return 'This version of the article is damaged: only what can be read of it is shown. Restore an earlier version from its history, or tell your newsroom admin.';
  if (copy.standing === 'missing')
    return 'The text of this article has not arrived from the publishing server yet.';
  if (record.binned)
    return can(context.person(), 'article.bin', record)
      ? 'This article is in the bin. Take it out to edit it.'
      : 'This article is in the bin. Who started it, or a desk chief, can take it out.';
  if (!can(context.person(), 'article.write', record))
    return 'This article belongs to another desk. You can read it and copy from it.';
  return null;
}

function changedSince({ store }: Context, record: ArticleRecord, copy: WorkingCopy): boolean {
  if (copy.base === record.publishedRevision && !copy.dirty) return false;
  const published = contentOf(store, record.publishedRevision);
  const text = (content: WorkingCopy['content']): string =>
    canonicalJson({ fields: content.fields, body: content.body });
  return published === null || text(published) !== text(copy.content);
}

/** The texts of revisions: the working copy, and any earlier one. */
export function openingHandlers(
  context: Context,
): Pick<ArticleHandlers, 'article.open' | 'revision.read'> {
  const { store } = context;
  return {
    'article.open': ({ article }) => openArticle(context, article),
    'revision.read': ({ article, revision }) => {
      if (store.revisions.get(revision)?.article !== article)
        throw new StetError('not-found', 'This version of the article is not on this computer.');
      const content = contentOf(store, revision);
      if (!content)
        throw new StetError(
          'unsupported',
          'A newer version of Stet wrote this version of the article. Update Stet to read it.',
        );
      const { fields, body, conflicts } = content;
      return { fields, body, conflicts };
    },
  };
}
