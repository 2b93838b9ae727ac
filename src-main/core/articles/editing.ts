import {
  blockText,
  directionOf,
  isEmptyField,
  newId,
  newLocalId,
  type Block,
  type Content,
  type Fields,
  type Id,
} from '#shared/article';
import { StetError } from '#shared/contract';
import { can } from '#shared/workflow';
import { describeStoreError } from '../store/index.ts';
import { contentOf } from './offers.ts';
import { openArticle, recordOf, whyReadOnly } from './opening.ts';
import type { ArticleHandlers, Context } from './types.ts';

type Editing = Pick<
  ArticleHandlers,
  'article.create' | 'article.edit' | 'article.seal' | 'article.bin' | 'article.restore'
>;

/** What an article begins with. */
export interface Beginning {
  /** Where it is not a new one, made by chance. */
  id?: Id;
  desk: Id | null;
  fields?: Partial<Fields>;
  body?: Content['body'];
  note?: string;
}

/**
 * Starts an article: on the desk given or the person's first one, in that desk's section, with the person in the byline
 * and the newsroom's language, unless the beginning says otherwise.
 */
export function startArticle(context: Context, beginning: Beginning): Id {
  const { store, clock, random } = context;
  const person = context.person();
  const desk = beginning.desk ?? person.memberships[0]?.desk ?? null;
  if (!can(person, 'article.create', { desk }))
    throw new StetError(
      'forbidden',
      'You belong to no desk yet, so there is nowhere to file an article. Ask your newsroom admin.',
    );
  const language = store.people.newsroom()?.language ?? 'en';
  const article = beginning.id ?? newId(clock, random);
  const fields: Partial<Fields> = {
    section: (desk === null ? null : store.people.desk(desk)?.profile.defaultSection) ?? '',
    byline: [{ id: newLocalId(random), name: person.name, person: person.id }],
    language,
    direction: directionOf(language),
    ...beginning.fields,
    desk,
  };
  const blocks = beginning.body ?? [];
  store.transaction(() => {
    store.articles.create({
      id: article,
      desk,
      createdBy: person.id,
      at: new Date(clock()).toISOString(),
    });
    store.working.apply({ article, generation: 1, fields, blocks });
    if (beginning.note !== undefined) store.working.seal(article, context.by(beginning.note));
  });
  context.touch(article);
  context.changed(article);
  return article;
}

/**
 * Puts content into an article in which nothing is written yet, over the byline and the section it began with where the
 * content has its own. False, and nothing is done, when somebody has written in it.
 */
export function fillArticle(
  context: Context,
  article: Id,
  { fields, body }: Pick<Content, 'fields' | 'body'>,
  note: string,
): boolean {
  const { store } = context;
  const copy = store.working.read(article);
  if (!copy || !isBlank(copy.content)) return false;
  if (whyReadOnly(context, recordOf(context, article), copy) !== null) return false;
  const given = Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => name !== 'desk' && !isEmptyField(value)),
  );
  context.seal(article);
  store.working.commit(article, {
    content: { ...copy.content, fields: { ...copy.content.fields, ...given }, body },
    by: context.by(note),
  });
  context.changed(article, { working: true });
  return true;
}

function isBlank({ fields, body, conflicts }: Content): boolean {
  const isEmpty = (block: Block): boolean => block.type === 'paragraph' && blockText(block) === '';
  return isEmptyField(fields.headline) && body.every(isEmpty) && conflicts.length === 0;
}

export function editingHandlers(
  context: Context,
  failing: (sentence: string | null) => void,
): Editing {
  const { store, emit, clock, statusChanged } = context;
  return {
    'article.create': ({ desk, headline }) => ({
      article: startArticle(context, { desk, fields: headline === '' ? {} : { headline } }),
    }),
    'article.edit': (edit) => {
      try {
        const { generation, merged, becameDirty } = store.working.apply(edit);
        failing(null);
        context.touch(edit.article);
        if (merged) emit('article', { article: edit.article, working: true });
        if (becameDirty) {
          emit('lists', {});
          statusChanged();
        }
        const savedAt = store.savedAt() ?? new Date(clock()).toISOString();
        return { savedAt, generation, merged: merged ? openArticle(context, edit.article) : null };
      } catch (error) {
        // An article that is closed or read-only is no trouble of the disk, and says nothing of what is saved elsewhere.
        const known = error instanceof StetError ? null : describeStoreError(error);
        if (known) failing(known.message);
        throw error;
      }
    },
    'article.seal': ({ article }) => ({ hash: context.seal(article) }),
    'article.bin': ({ article, binned }) => {
      const record = recordOf(context, article);
      const person = context.person();
      if (!can(person, 'article.bin', record))
        throw new StetError(
          'forbidden',
          'Only who started an article, or a desk chief, moves it into or out of the bin.',
        );
      if (binned && record.live)
        throw new StetError(
          'refused',
          'Readers can see this article. Withdraw it first, then move it to the bin.',
        );
      if (record.binned !== binned) {
        context.seal(article);
        store.outbox.add({ kind: 'bin', article, binned }, person.id);
        context.changed(article);
      }
      return {};
    },
    'article.restore': ({ article, revision }) => {
      const content =
        store.revisions.get(revision)?.article === article ? contentOf(store, revision) : null;
      if (!content)
        throw new StetError(
          'not-found',
          'This version of the article cannot be read on this computer.',
        );
      const { fields, body, conflicts } = content;
      context.seal(article);
      store.working.commit(article, {
        content: { fields, body, conflicts },
        by: context.by('Restored'),
      });
      context.changed(article, { working: true });
      return {};
    },
  };
}
