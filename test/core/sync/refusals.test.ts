import { describe, expect, it } from 'vitest';
import type { Op } from '#shared/api';
import type { SyncContext } from '../../../src-main/core/sync/context.ts';
import { createRefusals } from '../../../src-main/core/sync/refusals.ts';
import { systemTimers } from '../../../src-main/core/sync/index.ts';
import { content } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { openNewsdesk, pulledArticle, type Newsdesk } from '../../helpers/store.ts';
import { ignore, SILENCE } from './silence.ts';

/** What the engine gives those that tell, with the sentences as they come. */
function listening(newsdesk: Newsdesk): { context: SyncContext; sentences: string[] } {
  const { store, clock, by } = newsdesk;
  const sentences: string[] = [];
  const context: SyncContext = {
    store,
    clock,
    random: seededRandom(),
    timers: systemTimers(),
    log: ignore,
    events: { ...SILENCE, notice: (_, text) => void sentences.push(text) },
    inspectImage: () => null,
    by: () => by,
  };
  return { context, sentences };
}

/** An article of the chief's, put into the bin here, which the server refuses. */
function refusedBin(newsdesk: Newsdesk): { article: string; op: Op } {
  const { store, chief, editor } = newsdesk;
  const { article } = pulledArticle(newsdesk, content(), { createdBy: chief.id });
  const op = store.outbox.add({ kind: 'bin', article, binned: true }, editor.id);
  const { seq, id } = op;
  store.outbox.recordAnswers([{ seq, id, outcome: 'refused', code: 'forbidden', message: 'No.' }]);
  return { article, op };
}

const takeOffEveryDesk = ({ store, editor }: Newsdesk): void =>
  store.people.putPerson({ ...editor, memberships: [] });
const giveBackTheDesk = ({ store, editor }: Newsdesk): void => store.people.putPerson(editor);

describe('what the server refused', () => {
  it('is told at once', async () => {
    const newsdesk = await openNewsdesk();
    const { context, sentences } = listening(newsdesk);
    createRefusals(context).tell(refusedBin(newsdesk).op, 'No.');
    expect(sentences).toEqual([
      expect.stringMatching(/refused “Move to the bin”\. No\. What you wrote is kept\./),
    ]);
  });

  it('of an article that is closed to the person is told when it is open again, and once', async () => {
    const newsdesk = await openNewsdesk();
    const { context, sentences } = listening(newsdesk);
    const refusals = createRefusals(context);
    const { op } = refusedBin(newsdesk);
    takeOffEveryDesk(newsdesk);
    refusals.tell(op, 'No.');
    refusals.tellReopened();
    expect(sentences).toEqual([]);
    giveBackTheDesk(newsdesk);
    refusals.tellReopened();
    refusals.tellReopened();
    expect(sentences).toHaveLength(1);
  });

  it('is not told of when it went into the vault with its article, which says so itself', async () => {
    const newsdesk = await openNewsdesk();
    const { context, sentences } = listening(newsdesk);
    const refusals = createRefusals(context);
    const { article, op } = refusedBin(newsdesk);
    takeOffEveryDesk(newsdesk);
    refusals.tell(op, 'No.');
    newsdesk.store.vault.evict(article);
    giveBackTheDesk(newsdesk);
    refusals.tellReopened();
    expect(sentences).toEqual([]);
  });
});
