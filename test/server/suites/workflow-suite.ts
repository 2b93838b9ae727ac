import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRevision, sha256Hex, type Id } from '#shared/article';
import { TRANSITIONS, type Transition, type WorkflowState } from '#shared/workflow';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { verifyAudit } from '../../../src-server/store/index.ts';
import { anId, picture } from '../../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  publishArticle,
  type TestClient,
  type TestNewsroom,
} from '../../helpers/server.ts';

type Role = 'author' | 'member' | 'chief' | 'chief elsewhere' | 'outsider' | 'admin';
const ROLES: readonly Role[] = [
  'author',
  'member',
  'chief',
  'chief elsewhere',
  'outsider',
  'admin',
];

/** Who may do what, written down a second time on purpose: a slip in the shared table must show. */
const ALLOWED: Record<Transition, readonly Role[]> = {
  submit: ['author', 'member', 'chief'],
  recall: ['author', 'chief'],
  'send-back': ['chief'],
  approve: ['chief'],
  schedule: ['chief'],
  publish: ['chief'],
  correct: ['chief'],
  withdraw: ['chief'],
};

/** What the workflow promises, on whatever database `start` gives. */
export function describeWorkflow(start: () => Promise<TestNewsroom>): void {
  describe('the workflow', () => {
    let newsroom: TestNewsroom;
    let people: Record<Role, TestClient>;
    const tomorrow = () => new Date(newsroom.clock.now + 86_400_000).toISOString();

    beforeAll(async () => {
      newsroom = await start();
      const { newsDesk, otherDesk } = newsroom;
      people = {
        author: await newsroom.join('Author', editorOn(newsDesk)),
        member: await newsroom.join('Member', editorOn(newsDesk)),
        chief: await newsroom.join('Chief', chiefOn(newsDesk)),
        'chief elsewhere': await newsroom.join('Other Chief', chiefOn(otherDesk)),
        outsider: await newsroom.join('Outsider', editorOn(otherDesk)),
        admin: await newsroom.join('Admin', [], true),
      };
    });
    afterAll(() => newsroom.close());

    /** A new article of the author, led to just before a transition. */
    async function articleBefore(
      transition: Transition,
    ): Promise<{ article: Id; hash: string; state: WorkflowState }> {
      const { author, chief } = people;
      const article = anId();
      const content = contentFor(newsroom.newsDesk);
      let { hash } = await author.write(article, content);
      if (transition === 'submit') return { article, hash, state: 'draft' };
      await author.move(article, 'submit', 'draft', hash);
      if (['recall', 'send-back', 'approve'].includes(transition))
        return { article, hash, state: 'in-review' };
      await chief.move(article, 'approve', 'in-review', hash);
      if (transition === 'schedule' || transition === 'publish')
        return { article, hash, state: 'approved' };
      await chief.move(article, 'publish', 'approved', hash);
      if (transition === 'withdraw') return { article, hash, state: 'published' };
      const corrected = structuredClone(content);
      corrected.fields.corrections.push({
        id: 'corr-0001',
        note: 'A name was wrong.',
        at: '2026-11-14T12:00:00Z',
      });
      ({ hash } = await author.write(article, corrected, [hash]));
      await chief.move(article, 'approve', 'published', hash);
      return { article, hash, state: 'approved' };
    }

    const extras = (transition: Transition) => ({
      ...(transition === 'schedule' && { at: tomorrow() }),
      ...((transition === 'send-back' || transition === 'withdraw') && {
        reason: 'Look at the second paragraph.',
      }),
    });

    for (const transition of Object.keys(TRANSITIONS) as Transition[])
      for (const role of ROLES) {
        const may = ALLOWED[transition].includes(role);
        it(`${may ? 'lets' : 'does not let'} the ${role} ${transition}`, async () => {
          const { article, hash, state } = await articleBefore(transition);
          const answer = await people[role].move(
            article,
            transition,
            state,
            hash,
            extras(transition),
          );
          if (may) {
            expect(answer.outcome).toBe('accepted');
            expect(answer.record?.state).toBe(TRANSITIONS[transition].to);
          } else expect(answer).toMatchObject({ outcome: 'refused', code: 'forbidden' });
        });
      }

    it('refuses a command that expects another state, with the state in the sentence', async () => {
      const { article, hash } = await articleBefore('approve');
      const answer = await people.chief.move(article, 'approve', 'draft', hash);
      expect(answer).toMatchObject({ code: 'stale-state' });
      expect(answer.message).toContain('in review');
    });

    it('lets nobody approve their own article unless the desk says so', async () => {
      const { chief, admin } = people;
      const article = anId();
      const { hash } = await chief.write(article, contentFor(newsroom.newsDesk));
      await chief.move(article, 'submit', 'draft', hash);
      expect(await chief.move(article, 'approve', 'in-review', hash)).toMatchObject({
        code: 'other-author',
      });
      const { id, name, profile } = newsroom.newsDesk;
      const put = (ownApproval: boolean) =>
        admin.request('PUT', `/v1/desks/${id}`, { name, profile: { ...profile, ownApproval } });
      expect((await put(true)).status).toBe(200);
      expect(await chief.move(article, 'approve', 'in-review', hash)).toMatchObject({
        outcome: 'accepted',
      });
      await put(false);
    });

    it('lets nobody approve what they sent first, whomever it names as its author', async () => {
      const { member, chief } = people;
      const article = anId();
      const { hash, record } = await chief.write(
        article,
        contentFor(newsroom.newsDesk),
        [],
        member.person.id,
      );
      expect(record?.createdBy).toBe(member.person.id);
      await member.move(article, 'submit', 'draft', hash);
      expect(await chief.move(article, 'approve', 'in-review', hash)).toMatchObject({
        code: 'other-author',
      });
      const second = await newsroom.join('Second Chief', chiefOn(newsroom.newsDesk));
      expect(await second.move(article, 'approve', 'in-review', hash)).toMatchObject({
        outcome: 'accepted',
      });
    });

    it('lets nobody approve an article that names them as its author, whoever sent it', async () => {
      const { member, chief } = people;
      const { server, newsDesk, otherDesk } = newsroom;
      const mover = await newsroom.join('Mover', chiefOn(otherDesk));
      for (const named of [chief, mover]) {
        const article = anId();
        const content = contentFor(newsDesk);
        const { hash } = await member.write(article, content, [], named.person.id);
        await member.move(article, 'submit', 'draft', hash);
        await changePerson(server.context, null, mover.person.id, {
          memberships: chiefOn(newsDesk),
        });
        expect(await named.move(article, 'approve', 'in-review', hash)).toMatchObject({
          code: 'other-author',
        });
        await changePerson(server.context, null, mover.person.id, {
          memberships: chiefOn(otherDesk),
        });
      }
    });

    it('approves nothing with open suggestions, missing fields or missing pictures', async () => {
      const { author, chief } = people;
      const by = { id: 'sugg-0001', by: author.person.id, at: '2026-11-14T12:00:00Z' };
      const suggested = contentFor(newsroom.newsDesk);
      suggested.body = [
        {
          type: 'paragraph',
          $: { id: 'block-x' },
          children: [{ type: 'text', text: 'new', $: { inserted: by } }],
        },
      ];
      const cases = [
        ['no-suggestions', suggested],
        ['complete', contentFor(newsroom.newsDesk, { fields: { byline: [] } })],
        [
          'assets',
          contentFor(newsroom.newsDesk, { body: ['Look:', picture(sha256Hex('no such picture'))] }),
        ],
      ] as const;
      for (const [code, content] of cases) {
        const article = anId();
        const { hash } = await author.write(article, content);
        await author.move(article, 'submit', 'draft', hash);
        expect(await chief.move(article, 'approve', 'in-review', hash)).toMatchObject({
          outcome: 'refused',
          code,
        });
      }
    });

    it('publishes the approved revision and not the newer head', async () => {
      const { author, chief } = people;
      const { article, hash } = await articleBefore('publish');
      const newer = await author.write(
        article,
        contentFor(newsroom.newsDesk, { body: ['Not approved.'] }),
        [hash],
      );
      expect(newer.record).toMatchObject({
        state: 'approved',
        approvedRevision: hash,
        head: newer.hash,
      });
      expect(await chief.move(article, 'publish', 'approved', newer.hash)).toMatchObject({
        code: 'approved-revision',
      });
      const { record } = await chief.move(article, 'publish', 'approved', hash);
      expect(record).toMatchObject({ state: 'published', publishedRevision: hash, live: true });
      const page = await newsroom.fetch(new URL(record!.publicUrl!).pathname);
      expect(page.text).not.toContain('Not approved.');
    });

    it('takes an approval and a schedule back when the article is sent back', async () => {
      const { chief } = people;
      const { article, hash } = await articleBefore('schedule');
      await chief.move(article, 'schedule', 'approved', hash, { at: tomorrow() });
      const { record } = await chief.move(article, 'send-back', 'scheduled', hash, {
        reason: 'Not yet.',
      });
      expect(record).toMatchObject({
        state: 'sent-back',
        approvedRevision: null,
        scheduledAt: null,
      });
    });

    it('holds an embargo at publishing and at scheduling', async () => {
      const { author, chief } = people;
      const article = anId();
      const embargo = tomorrow();
      const { hash } = await author.write(
        article,
        contentFor(newsroom.newsDesk, { fields: { embargo } }),
      );
      await author.move(article, 'submit', 'draft', hash);
      await chief.move(article, 'approve', 'in-review', hash);
      expect(await chief.move(article, 'publish', 'approved', hash)).toMatchObject({
        code: 'embargo-passed',
      });
      const soon = new Date(newsroom.clock.now + 3_600_000).toISOString();
      expect(await chief.move(article, 'schedule', 'approved', hash, { at: soon })).toMatchObject({
        code: 'after-embargo',
      });
      expect(
        await chief.move(article, 'schedule', 'approved', hash, { at: embargo }),
      ).toMatchObject({ outcome: 'accepted' });
    });

    it('publishes a scheduled article on time, once, and not before', async () => {
      const { chief } = people;
      const { article, hash } = await articleBefore('schedule');
      const at = newsroom.clock.now + 3_600_000;
      await chief.move(article, 'schedule', 'approved', hash, { at: new Date(at).toISOString() });
      newsroom.clock.now = at - 1;
      expect(await newsroom.server.scheduler.tick()).not.toContain(article);
      newsroom.clock.now = at;
      // Its own timer may have got there first; that it happens once is what the events say.
      await newsroom.server.scheduler.tick();
      await newsroom.server.scheduler.tick();
      const { changes } = await chief.changes();
      const published = changes.filter(
        ({ kind, data }) =>
          kind === 'event' && data.article === article && data.transition === 'publish',
      );
      expect(published).toHaveLength(1);
      expect(published[0]?.data).toMatchObject({
        by: null,
        revision: hash,
        from: 'scheduled',
        to: 'published',
      });
    });

    it('publishes what fell due while the server was down', async () => {
      const { chief } = people;
      const { article, hash } = await articleBefore('schedule');
      const at = newsroom.clock.now + 3_600_000;
      await chief.move(article, 'schedule', 'approved', hash, { at: new Date(at).toISOString() });
      newsroom.clock.now = at + 5000;
      await newsroom.restart();
      await expect
        .poll(async () => {
          const { changes } = await chief.changes();
          return changes.find(({ kind, data }) => kind === 'article' && data.id === article)?.data;
        })
        .toMatchObject({ state: 'published', live: true });
    });

    it('keeps the public address over corrections and after a withdrawal', async () => {
      const { author, chief } = people;
      const content = contentFor(newsroom.newsDesk, { fields: { headline: 'A stable address' } });
      const { article, hash, path } = await publishArticle(newsroom, author, chief, content);
      const corrected = structuredClone(content);
      corrected.fields.headline = 'Another headline altogether';
      corrected.fields.corrections = [
        { id: 'corr-0002', note: 'It was the other bridge.', at: '2026-11-14T12:00:00Z' },
      ];
      const next = await author.write(article, corrected, [hash]);
      await chief.move(article, 'approve', 'published', next.hash);
      newsroom.clock.now += 3_600_000;
      const { record } = await chief.move(article, 'correct', 'approved', next.hash);
      expect(new URL(record!.publicUrl!).pathname).toBe(path);
      const page = await newsroom.fetch(path);
      expect(page.text).toContain('It was the other bridge.');
      await chief.move(article, 'withdraw', 'published', next.hash, {
        reason: 'The court asked for it.',
      });
      const gone = await newsroom.fetch(path);
      expect(gone.status).toBe(410);
      expect(gone.text).toContain('The court asked for it.');
      expect(gone.text).not.toContain('Another headline altogether');
    });

    it('gives two articles of one headline two addresses', async () => {
      const { author, chief } = people;
      const content = () =>
        contentFor(newsroom.newsDesk, { fields: { headline: 'The same words' } });
      const first = await publishArticle(newsroom, author, chief, content());
      const second = await publishArticle(newsroom, author, chief, content());
      expect(first.path).toMatch(/\/news-room\/2026\/the-same-words$/);
      expect(second.path).toBe(`${first.path}-2`);
    });

    it('approves exactly the bytes that are stored under the approved hash', async () => {
      const { chief } = people;
      const { changes } = await chief.changes();
      const articles = changes.flatMap((change) =>
        change.kind === 'article' ? [change.data] : [],
      );
      const revisions = new Map(
        changes.flatMap((change) =>
          change.kind === 'revision' ? [[change.data.hash, change.data.bytes]] : [],
        ),
      );
      const approved = articles.filter(({ approvedRevision }) => approvedRevision !== null);
      expect(approved.length).toBeGreaterThan(5);
      for (const { id, approvedRevision } of approved) {
        const bytes = revisions.get(approvedRevision!)!;
        expect(sha256Hex(bytes)).toBe(approvedRevision);
        expect(openRevision(bytes).article).toBe(id);
      }
    });

    it('records every act in an audit log whose chain holds', async () => {
      const { entries, brokenAt } = await verifyAudit(newsroom.server.context.store.db);
      expect(brokenAt).toBeNull();
      expect(entries).toBeGreaterThan(100);
    });

    it('refuses to change the audit log', async () => {
      const { db } = newsroom.server.context.store;
      await expect(
        db.updateTable('audit').set({ action: 'nothing' }).where('n', '=', 1).execute(),
      ).rejects.toThrow(/append-only/);
      await expect(db.deleteFrom('audit').execute()).rejects.toThrow(/append-only/);
    });
  });
}
