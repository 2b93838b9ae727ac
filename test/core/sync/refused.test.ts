import { describe, expect, it } from 'vitest';
import type { OpAnswer, StoredRevision } from '#shared/api';
import { offerAncestors, takeUpRefused } from '../../../src-main/core/sync/refused.ts';
import { content, paragraph } from '../../helpers/articles.ts';
import { openNewsdesk, pulledArticle, type Newsdesk } from '../../helpers/store.ts';

/** Two revisions, each built on the one before it, on an article that the server has. */
function twoEdits(newsdesk: Newsdesk): { article: string; first: StoredRevision; second: string } {
  const { store, by } = newsdesk;
  const { article } = pulledArticle(newsdesk, content());
  const edit = (words: string): string => {
    const { generation } = store.working.read(article)!;
    store.working.apply({ article, generation, fields: {}, blocks: [paragraph(words, 'dam-1')] });
    return store.working.seal(article, by)!;
  };
  const first = store.revisions.get(edit('One dam.'))!;
  return { article, first, second: edit('Two dams.') };
}

/** What the engine does with the answers where the first is refused for good, and the second for want of it. */
function refuse({ store }: Newsdesk, first: string, second: string): void {
  const ops = store.outbox.nextBatch(200, 1e6);
  const answers = ops.map(({ seq, id, payload }): OpAnswer => {
    const hash = payload.kind === 'revision' ? payload.revision.hash : '';
    if (hash !== first && hash !== second) return { seq, id, outcome: 'accepted' };
    const code = hash === first ? 'forbidden' : 'unknown-parent';
    return { seq, id, outcome: 'refused', code, message: 'No.' };
  });
  store.outbox.recordAnswers(answers);
  ops.forEach((op, at) => offerAncestors(store, op, answers[at]!));
}

const standing = ({ store }: Newsdesk, article: string) =>
  store.outbox.pending(article).map(({ payload, state }) => {
    if (payload.kind !== 'revision') throw new Error('Only revisions are in this outbox.');
    return [payload.hash, state];
  });

describe('a revision that was refused because the server lacks the one before it', () => {
  it('is offered once more as soon as the server has that, whoever sent it, and nothing is left of that', async () => {
    const newsdesk = await openNewsdesk();
    const { store } = newsdesk;
    const { article, first, second } = twoEdits(newsdesk);
    refuse(newsdesk, first.hash, second);
    refuse(newsdesk, first.hash, second);
    expect(standing(newsdesk, article).map(([, state]) => state)).not.toContain('waiting');

    store.feed.applyChanges([{ kind: 'revision', data: first }], '1:9');
    takeUpRefused(store, [first]);
    expect(standing(newsdesk, article)).toEqual([[second, 'waiting']]);
    takeUpRefused(store, [first]);
    expect(standing(newsdesk, article)).toHaveLength(1);
  });

  it('stays as it is for a person to decide while the server lacks that', async () => {
    const newsdesk = await openNewsdesk();
    const { article, first, second } = twoEdits(newsdesk);
    refuse(newsdesk, first.hash, second);
    refuse(newsdesk, first.hash, second);
    const before = standing(newsdesk, article);
    const other = pulledArticle(newsdesk, content());
    takeUpRefused(newsdesk.store, [{ article, hash: other.head }]);
    expect(standing(newsdesk, article)).toEqual(before);
  });
});
