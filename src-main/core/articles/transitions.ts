import type { ArticleRecord } from '#shared/api';
import { newLocalId, type Hash } from '#shared/article';
import { StetError, type Parsed } from '#shared/contract';
import { decide, type TransitionRequest } from '#shared/workflow';
import { contentOf, factsOf, ofApproved, withCorrection } from './offers.ts';
import { recordOf } from './opening.ts';
import type { ArticleHandlers, Context } from './types.ts';

type Asked = Parsed<'article.transition'>;

/** Workflow commands: decided here as the server will, then queued behind the revision they name. */
export function transitionHandlers(context: Context): Pick<ArticleHandlers, 'article.transition'> {
  return {
    'article.transition': (asked) => {
      const working = asked.transition === 'correct' && asked.note !== undefined;
      // A refusal takes nothing back of what was typed, so the edits are sealed first and for good.
      context.seal(asked.article);
      context.store.transaction(() => {
        if (working) correct(context, asked, asked.note ?? '');
        else command(context, asked, revisionFor(context, asked));
      });
      context.changed(asked.article, { working });
      return {};
    },
  };
}

/** The revision meant: the one named, the approved one where that is what goes out, else the newest. */
function revisionFor(context: Context, { article, transition, revision }: Asked): Hash {
  const record = recordOf(context, article);
  const newest = context.store.working.read(article)?.base ?? record.head;
  const meant = revision ?? (ofApproved(transition) ? record.approvedRevision : null) ?? newest;
  if (meant === null)
    throw new StetError('refused', 'There is nothing in this article yet. Write something first.');
  return meant;
}

/** Adds the note to what readers see, approves exactly that, and publishes it: all three or none. */
function correct(context: Context, asked: Asked, note: string): void {
  const { store, random, clock } = context;
  const { article } = asked;
  const content = store.working.read(article)?.content;
  if (!content) throw new StetError('not-found', 'This article is not on this computer.');
  if (note.trim() === '')
    throw new StetError(
      'refused',
      'A correction needs its note, so that readers know what changed.',
    );
  const correction = {
    id: newLocalId(random),
    note: note.trim(),
    at: new Date(clock()).toISOString(),
  };
  const hash = store.working.commit(article, {
    content: withCorrection(content, correction),
    by: context.by('Correction'),
  });
  command(context, { article, transition: 'approve' }, hash);
  command(context, { article, transition: 'correct' }, hash);
}

function command(
  context: Context,
  { article, transition, reason, at }: Pick<Asked, 'article' | 'transition' | 'reason' | 'at'>,
  revision: Hash,
): void {
  const { store, clock } = context;
  const person = context.person();
  const record = recordOf(context, article);
  const request: TransitionRequest = {
    transition,
    revision,
    expectedState: record.state,
    ...(reason === undefined ? {} : { reason }),
    ...(at === undefined ? {} : { at }),
  };
  const decision = decide(person, request, factsFor(context, record, revision, clock()));
  if (!decision.ok)
    throw new StetError(decision.code === 'forbidden' ? 'forbidden' : 'refused', decision.message);
  store.outbox.add({ kind: 'transition', article, ...request, reason, at }, person.id);
}

function factsFor(
  context: Context,
  record: ArticleRecord,
  revision: Hash,
  now: number,
): ReturnType<typeof factsOf> {
  const content = contentOf(context.store, revision);
  if (!content)
    throw new StetError(
      'unsupported',
      'This version of the article cannot be read on this computer. Update Stet, or sync first.',
    );
  return factsOf(context.store, record, content, now);
}
