import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Id } from '#shared/article';
import type { ServerContext } from '../../../src-server/context.ts';
import { findDelivery } from '../../../src-server/store/index.ts';
import { contentFor, editorOn } from '../../helpers/server.ts';
import type { CmsPost, ServedCms } from '../../helpers/cms/cms.ts';
import { openHouse, RICH, type CmsAccess, type PublishingHouse } from './publishing-house.ts';

export interface CmsKit {
  label: string;
  open: () => Promise<{ served: ServedCms; access: CmsAccess }>;
  /** What a person writes into the text. */
  edited: (body: string) => string;
  /** A request that changes a post, or makes one. */
  isWrite: (request: { method: string; url: string }) => boolean;
}

class Killed extends Error {}

/** A server that dies at its nth write: before it, or once it is committed. */
function dyingAt(context: ServerContext, nth: number, when: 'before' | 'behind'): ServerContext {
  let writes = 0;
  const { write } = context.store;
  return {
    ...context,
    store: {
      ...context.store,
      write: async (work) => {
        writes += 1;
        if (writes > nth || (writes === nth && when === 'before')) throw new Killed();
        const result = await write(work);
        if (writes === nth) throw new Killed();
        return result;
      },
    },
  };
}

/** What publishing to a CMS promises, whichever it is. `database` gives the address of an empty one. */
export function describeDelivery(
  { label, open, edited, isWrite }: CmsKit,
  database: () => Promise<string | undefined> = () => Promise.resolve(undefined),
): void {
  describe(`delivery to ${label}`, () => {
    let served: ServedCms;
    let house: PublishingHouse;

    beforeEach(async () => {
      const opened = await open();
      served = opened.served;
      house = await openHouse(opened.access, { databaseUrl: await database() });
    });
    afterEach(async () => {
      await house.close();
      await served.close();
    });

    /** How it stands on the server itself, which knows no device any more once it was restored. */
    const kept = (article: Id) => findDelivery(house.context.store.db, article, house.channel);
    const live = (): CmsPost[] => served.cms.posts().filter((post) => post.live);
    const only = (): CmsPost => {
      expect(live()).toHaveLength(1);
      return live()[0]!;
    };

    it('brings the approved revision there, read back and compared, and no other', async () => {
      const { article, hash } = await house.publish(RICH);
      expect(served.cms.posts()).toEqual([]);
      await house.deliver();
      const post = only();
      for (const words of [
        'The river rose by two metres overnight.',
        'By Mira Hassan and ',
        'VALLEY',
        'Fern Robinson contributed to this report.',
        'The bridge is in Upper Valley.',
        'Last year’s flood',
        'We leave tonight.',
        'The end.',
      ])
        expect(post.body).toContain(words);
      expect(await house.standing(article)).toMatchObject({
        standing: 'done',
        live: true,
        delivered: hash,
        wanted: hash,
        problem: '',
        url: expect.stringContaining(served.url) as string,
      });
    });

    it('asks for nothing before an article is published', async () => {
      const { editor, chief, newsroom } = house;
      const { article, hash } = await house.publish();
      await house.deliver();
      const asked = served.asked.length;
      const later = await editor.write(
        article,
        contentFor(newsroom.newsDesk, { body: ['Not yet.'] }),
        [hash],
      );
      await editor.move(article, 'submit', 'published', later.hash);
      await chief.move(article, 'approve', 'in-review', later.hash);
      const at = new Date(newsroom.clock.now + 3_600_000).toISOString();
      await chief.move(article, 'schedule', 'approved', later.hash, { at });
      await house.deliver();
      expect(served.asked).toHaveLength(asked);
      expect(only().body).not.toContain('Not yet.');
    });

    it('brings an update to the same post', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id, slug } = only();
      await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(only()).toMatchObject({ id, slug });
      expect(only().body).toContain('The road is open again.');
    });

    it('takes a withdrawn article from readers, and shows it again in the same post', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      await house.withdraw(first);
      await house.deliver();
      expect(live()).toEqual([]);
      expect(await house.standing(first.article)).toMatchObject({ standing: 'done', live: false });
      await house.update(first, { body: ['It stands after all.'] });
      await house.deliver();
      expect(only().id).toBe(id);
    });

    it('publishes nothing that was withdrawn before it got there', async () => {
      served.fault = () => 'lost';
      const first = await house.publish();
      await house.deliver(3);
      await house.withdraw(first);
      served.fault = () => null;
      await house.deliver();
      expect(live()).toEqual([]);
      expect(await house.standing(first.article)).toMatchObject({ standing: 'done', live: false });
    });

    it.each(['lost', 'answer-lost'] as const)(
      'makes no second post, whichever request is %s',
      async (fault) => {
        for (let nth = 1; nth <= 14; nth += 1) {
          const before = live().length;
          let requests = 0;
          served.fault = () => ((requests += 1) === nth ? fault : null);
          const { article } = await house.publish({ fields: { headline: `Number ${nth}` } });
          await house.deliver();
          expect(await house.standing(article)).toMatchObject({ standing: 'done', live: true });
          expect(live()).toHaveLength(before + 1);
        }
      },
    );

    it.each(['before', 'behind'] as const)(
      'makes no second post when the server is killed %s any of its writes',
      async (when) => {
        for (let nth = 1; nth <= 6; nth += 1) {
          const before = live().length;
          const { article } = await house.publish({ fields: { headline: `Number ${nth}` } });
          await house.deliver(1, dyingAt(house.context, nth, when)).catch((error: unknown) => {
            expect(error).toBeInstanceOf(Killed);
          });
          await house.deliver();
          expect(await house.standing(article)).toMatchObject({ standing: 'done', live: true });
          expect(live()).toHaveLength(before + 1);
        }
      },
    );

    it.each(['before', 'behind'] as const)(
      'takes an article down also when the server is killed %s any of its writes',
      async (when) => {
        for (let nth = 1; nth <= 4; nth += 1) {
          const published = await house.publish({ fields: { headline: `Number ${nth}` } });
          await house.deliver();
          await house.withdraw(published);
          await house
            .deliver(1, dyingAt(house.context, nth, when))
            .catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
          await house.deliver();
          expect(live()).toEqual([]);
          const again = await house.update(published, { body: ['Once more.'] });
          await house.deliver();
          expect(only().body).toContain('Once more.');
          await house.withdraw(again);
          await house.deliver();
        }
      },
    );

    it('comes again when it is asked to, and not sooner', async () => {
      const { clock } = house.newsroom;
      served.fault = () => ({
        status: 503,
        headers: { 'retry-after': '600' },
        body: 'Maintenance',
      });
      const { article } = await house.publish();
      await house.deliver(1);
      expect(await house.standing(article)).toMatchObject({
        standing: 'waiting',
        problem: `${label} asks to come again later.`,
      });
      served.fault = () => null;
      const asked = served.asked.length;
      clock.now += 500_000;
      await house.deliver(1);
      expect(served.asked).toHaveLength(asked);
      clock.now += 200_000;
      await house.deliver();
      expect(live()).toHaveLength(1);
    });

    it('brings the other articles while one fails', async () => {
      served.fault = (request) =>
        Buffer.from(request.body ?? '')
          .toString('utf8')
          .includes('Cursed')
          ? { status: 500, headers: {}, body: 'A fatal error' }
          : null;
      const cursed = await house.publish({ fields: { headline: 'Cursed' } });
      const blessed = await house.publish({ fields: { headline: 'Blessed' } });
      await house.deliver();
      expect(await house.standing(blessed.article)).toMatchObject({ standing: 'done' });
      expect(await house.standing(cursed.article)).toMatchObject({ standing: 'waiting' });
      served.fault = () => null;
      await house.deliver();
      expect(live()).toHaveLength(2);
    });

    it('goes on with its own draft of an earlier revision when no write of either came through', async () => {
      served.fault = ({ method }) =>
        method !== 'GET' && served.cms.posts().length > 0 ? 'lost' : null;
      const first = await house.publish();
      await house.deliver();
      const second = await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(live()).toEqual([]);
      expect(await house.standing(first.article)).toMatchObject({ standing: 'waiting' });
      served.fault = () => null;
      await house.deliver();
      expect(only().body).toContain('The road is open again.');
      expect(await house.standing(first.article)).toMatchObject({
        standing: 'done',
        delivered: second.hash,
      });
    });

    it('writes nothing over what somebody changed there, keeps it, and publishes over it when a chief says so', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id, body } = only();
      served.cms.edit(id, { body: edited(body) });
      const second = await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(only().body).toBe(edited(body));
      const stopped = await house.standing(first.article);
      expect(stopped).toMatchObject({
        standing: 'changed',
        problem:
          'Somebody changed the article in The blog. Nothing was written over it, and their version is kept.',
      });
      const kept = await house.chief.request(
        'GET',
        `/v1/articles/${first.article}/deliveries/${house.channel}/theirs`,
      );
      expect(kept.body).toMatchObject({
        text: expect.stringContaining('word of theirs') as string,
        before: { revision: first.hash },
      });

      const refused = await house.decide(first.article, {
        act: 'publish-over',
        theirs: first.hash,
      });
      expect(refused.status).toBe(409);
      const act = { act: 'publish-over', theirs: stopped.theirs! } as const;
      expect((await house.decide(first.article, act, house.editor)).status).toBe(403);
      expect((await house.decide(first.article, act)).status).toBe(200);
      await house.deliver();
      expect(only().body).toContain('The road is open again.');
      expect(served.cms.history(id).some((version) => version.body === edited(body))).toBe(true);
      expect(await house.standing(first.article)).toMatchObject({
        standing: 'done',
        delivered: second.hash,
        theirs: null,
      });
    });

    it('writes over what was taken into the article only with what came of that', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id, body } = only();
      served.cms.edit(id, { body: edited(body) });
      const second = await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      const { theirs } = await house.standing(first.article);
      const { newsDesk } = house.newsroom;
      const takenIn = await house.editor.write(
        first.article,
        contentFor(newsDesk, { body: ['With a word of theirs.'] }),
        [first.hash],
      );
      const act = { act: 'taken-in', theirs: theirs!, within: takenIn.hash } as const;
      expect((await house.decide(first.article, act, house.editor)).status).toBe(403);
      expect((await house.decide(first.article, act)).status).toBe(200);
      await house.deliver();
      expect(await house.standing(first.article)).toMatchObject({ standing: 'taken-in' });
      expect(only().body).toBe(edited(body));

      const without = await house.update(second, { body: ['Written by who had not seen it.'] });
      await house.deliver();
      expect(only().body).toBe(edited(body));
      expect(await house.standing(first.article)).toMatchObject({ standing: 'changed', theirs });

      const { hash } = await house.editor.write(
        first.article,
        contentFor(newsDesk, { body: ['Both of it.'] }),
        [without.hash, takenIn.hash],
      );
      await house.editor.move(first.article, 'submit', 'published', hash);
      await house.chief.move(first.article, 'approve', 'in-review', hash);
      await house.chief.move(first.article, 'publish', 'approved', hash);
      await house.deliver();
      expect(only().body).toContain('Both of it.');
      expect(await house.standing(first.article)).toMatchObject({ standing: 'done', theirs: null });
    });

    it('stops once more when it was changed again after the chief looked', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id, body } = only();
      served.cms.edit(id, { title: 'Theirs' });
      await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      const { theirs } = await house.standing(first.article);
      served.cms.edit(id, { title: 'Theirs, newer' });
      await house.decide(first.article, { act: 'publish-over', theirs: theirs! });
      await house.deliver();
      expect(only()).toMatchObject({ title: 'Theirs, newer', body });
      expect((await house.standing(first.article)).standing).toBe('changed');
    });

    it('finds what somebody changes while it is being published', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      let writes = 0;
      served.before = (request) => {
        if (isWrite(request)) writes += 1;
        else if (writes === 1) {
          writes += 1;
          served.cms.edit(id, { title: 'Mine' });
        }
      };
      await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(only().title).toBe('Mine');
      expect((await house.standing(first.article)).standing).toBe('changed');
    });

    it('knows its own words there though neither the answer to them came nor the next write', async () => {
      const isUpdate = (request: { method: string; url: string }): boolean =>
        isWrite(request) && request.url.includes(served.cms.posts()[0]?.id ?? '-');
      const first = await house.publish();
      await house.deliver();
      served.fault = (request) => (isUpdate(request) ? 'answer-lost' : null);
      const second = await house.update(first, { body: ['The road is open again.'] });
      await house.deliver(1);
      expect(only().body).toContain('The road is open again.');
      served.fault = (request) => (isUpdate(request) ? 'lost' : null);
      const third = await house.update(second, { body: ['One lane is open.'] });
      await house.deliver(2);
      served.fault = () => null;
      const fourth = await house.update(third, { body: ['Both lanes are open.'] });
      await house.deliver();
      expect(only().body).toContain('Both lanes are open.');
      expect(await house.standing(first.article)).toMatchObject({
        standing: 'done',
        delivered: fourth.hash,
      });
    });

    describe.each(['lost', 'left alone', 'answer-lost'] as const)(
      'a request that is %s',
      (what) => {
        /** Lets the next request that writes to the post come to nothing, or only its answer. */
        const spoilNext = (): void => {
          const { id } = only();
          let spoilt = false;
          served.fault = (request) => {
            if (spoilt || !isWrite(request) || !request.url.includes(id)) return null;
            spoilt = true;
            return what === 'left alone' ? served.cms.answer({ ...request, method: 'GET' }) : what;
          };
        };
        const tags = (): string[] => only().tags.filter((tag) => tag !== 'News Room');
        const keywords = (...names: string[]) => ({ fields: { keywords: names } });

        it('keeps no keyword from readers, and leaves none that was taken out', async () => {
          const first = await house.publish(keywords('Floods', 'Roads'));
          await house.deliver();
          served.cms.edit(only().id, { tag: 'Theirs' });
          spoilNext();
          const second = await house.update(first, keywords('Floods', 'Rain'));
          await house.deliver();
          expect(tags().sort()).toEqual(['Floods', 'Rain', 'Theirs']);
          expect(await house.standing(first.article)).toMatchObject({
            standing: 'done',
            delivered: second.hash,
          });
        });

        it('is known for what it was when the keywords change once more, and when the article is withdrawn', async () => {
          const first = await house.publish(keywords('Floods'));
          await house.deliver();
          spoilNext();
          const second = await house.update(first, keywords('Rain'));
          await house.deliver(1);
          spoilNext();
          const third = await house.update(second, keywords('Bridges'));
          await house.deliver(1);
          await house.withdraw(third);
          await house.deliver();
          await house.update(third, keywords('Boats'));
          await house.deliver();
          expect(tags()).toEqual(['Boats']);
        });
      },
    );

    it('shows nothing again that somebody took from readers between two writes that came to nothing', async () => {
      const first = await house.publish();
      served.fault = () => (live().length > 0 ? 'lost' : null);
      await house.deliver(2);
      const second = await house.update(first, { body: ['The road is open again.'] });
      served.fault = (request) => (isWrite(request) ? 'lost' : null);
      await house.deliver(2);
      served.fault = () => null;
      served.cms.edit(only().id, { status: 'draft' });
      await house.update(second, { body: ['Both lanes are open.'] });
      await house.deliver();
      expect(live()).toEqual([]);
      expect((await house.standing(first.article)).standing).toBe('changed');
    });

    it('leaves what somebody took from readers there, and goes on once it is back', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      served.cms.edit(id, { status: 'draft' });
      await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(live()).toEqual([]);
      expect((await house.standing(first.article)).problem).toBe(
        'Somebody took the article from readers in The blog. It was left so.',
      );
      served.cms.edit(id, { status: label === 'Ghost' ? 'published' : 'publish' });
      await house.decide(first.article, { act: 'retry' });
      await house.deliver();
      expect(only().body).toContain('The road is open again.');
    });

    it('leaves what somebody took from readers before Stet heard that it had been published', async () => {
      const cutOff = async (): Promise<void> => {
        served.fault = () => (live().length > 0 ? 'lost' : null);
        await house.deliver(2);
        served.fault = () => null;
        served.cms.edit(only().id, { status: 'draft' });
        await house.deliver();
      };
      const first = await house.publish();
      await cutOff();
      expect(live()).toEqual([]);
      const stopped = await house.standing(first.article);
      expect(stopped.problem).toBe(
        'Somebody took the article from readers in The blog. It was left so.',
      );

      // What a chief publishes over, and what Stet itself took down, it shows again.
      await house.decide(first.article, { act: 'publish-over', theirs: stopped.theirs! });
      await house.deliver();
      expect(live()).toHaveLength(1);
      await house.withdraw(first);
      await house.deliver();
      const second = await house.update(first, { body: ['It stands after all.'] });
      await cutOff();
      expect(live()).toEqual([]);
      expect((await house.standing(second.article)).standing).toBe('changed');
    });

    it('shows again what Stet itself took down before it heard that it had been published', async () => {
      const first = await house.publish();
      served.fault = () => (live().length > 0 ? 'lost' : null);
      await house.deliver(2);
      expect(live()).toHaveLength(1);
      await house.withdraw(first);
      let isDown = false;
      served.fault = () => {
        isDown ||= live().length === 0;
        return isDown ? 'lost' : null;
      };
      await house.deliver(2);
      expect(live()).toEqual([]);
      served.fault = () => null;
      await house.update(first, { body: ['It stands after all.'] });
      await house.deliver();
      expect(only().body).toContain('It stands after all.');
    });

    it('puts nothing in the place of what was deleted there until a chief says so', async () => {
      const first = await house.publish();
      await house.deliver();
      served.cms.remove(only().id);
      await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      expect(served.cms.posts()).toEqual([]);
      const { theirs, problem } = await house.standing(first.article);
      expect(problem).toBe('The article was deleted in The blog. Nothing was put in its place.');
      await house.decide(first.article, { act: 'publish-over', theirs: theirs! });
      await house.deliver();
      expect(only().body).toContain('The road is open again.');
    });

    it('takes a withdrawn article down though somebody changed it, and leaves their words', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id, body } = only();
      served.cms.edit(id, { body: edited(body) });
      await house.withdraw(first);
      await house.deliver();
      expect(live()).toEqual([]);
      await house.update(first, { body: ['It stands after all.'] });
      await house.deliver();
      expect(live()).toEqual([]);
      expect(served.cms.posts()[0]?.body).toBe(edited(body));
      expect((await house.standing(first.article)).standing).toBe('changed');
    });

    it('finds its post again when the server has forgotten it', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      await house.context.store.db
        .updateTable('deliveries')
        .set({
          remote: null,
          baseline: null,
          delivered: null,
          step: 'intent',
          standing: 'waiting',
          live: 0,
        })
        .execute();
      await house.context.store.db
        .updateTable('deliveries')
        .set({ next_at: new Date(0).toISOString() })
        .execute();
      await house.deliver();
      expect(only().id).toBe(id);
      expect(await house.standing(first.article)).toMatchObject({ standing: 'done' });
    });

    it('takes down what a restored server knows as withdrawn, though it was published since', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      await house.withdraw(first);
      await house.deliver();
      // The backup was made here. What was done after it, the server does not know any more.
      served.cms.edit(id, { status: label === 'Ghost' ? 'published' : 'publish' });
      await house.context.store.newEpoch(new Set());
      await house.deliver();
      expect(live()).toEqual([]);
    });

    it('takes down the post that was made in place of the one that a restored server knows', async () => {
      const first = await house.publish();
      await house.deliver();
      const { db } = house.context.store;
      const backup = await db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
      served.cms.remove(only().id);
      const second = await house.update(first, { body: ['The road is open again.'] });
      await house.deliver();
      const { theirs } = await house.standing(first.article);
      await house.decide(first.article, { act: 'publish-over', theirs: theirs! });
      await house.deliver();
      const { id } = only();
      expect(id).not.toBe(backup.remote);
      await db.updateTable('deliveries').set(backup).execute();
      await house.withdraw(second);
      await house.deliver();
      expect(live()).toEqual([]);
      expect(await house.standing(first.article)).toMatchObject({ standing: 'done', live: false });
    });

    it('shows nothing again that a restored server does not know was withdrawn, and says so', async () => {
      const first = await house.publish();
      await house.deliver();
      const { id } = only();
      // The backup was made here; the withdrawal that followed, the server does not know any more.
      served.cms.edit(id, { status: 'draft' });
      await house.context.store.newEpoch(new Set());
      await house.deliver();
      expect(live()).toEqual([]);
      expect(await kept(first.article)).toMatchObject({
        standing: 'changed',
        problem: 'Somebody took the article from readers in The blog. It was left so.',
      });
    });

    it('shows nothing again that a restored server does not know readers ever saw, until a chief says so', async () => {
      const { db } = house.context.store;
      const first = await house.publish();
      served.fault = (request) => (isWrite(request) ? 'lost' : null);
      await house.deliver(1);
      served.fault = () => null;
      // The backup was made here, before anything came there.
      const backup = await db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
      await house.deliver();
      served.cms.edit(only().id, { status: 'draft' });
      await db.updateTable('deliveries').set(backup).execute();
      await house.deliver();
      expect(live()).toEqual([]);
      const stopped = await kept(first.article);
      expect(stopped).toMatchObject({
        standing: 'changed',
        problem: 'Somebody took the article from readers in The blog. It was left so.',
      });
      await house.decide(first.article, { act: 'publish-over', theirs: stopped!.theirs! });
      await house.deliver();
      expect(live()).toHaveLength(1);
    });

    it('writes nothing once more that a restored server finds there as it left it', async () => {
      const first = await house.publish();
      await house.deliver();
      const asked = served.asked.length;
      await house.context.store.newEpoch(new Set());
      await house.deliver();
      expect(await kept(first.article)).toMatchObject({ standing: 'done', live: true });
      const later = served.asked.slice(asked);
      expect(later.length).toBeGreaterThan(0);
      const writes = later.filter((one) => {
        const [method = '', url = ''] = one.split(' ');
        return isWrite({ method, url });
      });
      expect(writes).toEqual([]);
    });

    it('sends only what belongs to the desks that a channel is for', async () => {
      await house.context.store.db
        .updateTable('channels')
        .set({ desks: JSON.stringify([house.newsroom.otherDesk.id]) })
        .execute();
      await house.publish();
      await house.deliver();
      expect(served.cms.posts()).toEqual([]);
    });

    it('shows how an article stands to those alone who may read it', async () => {
      const { article } = await house.publish();
      const stranger = await house.newsroom.join('Stranger', []);
      const there = `/v1/articles/${article}/deliveries`;
      expect((await stranger.request('GET', there)).status).toBe(404);
      const colleague = await house.newsroom.join('Colleague', editorOn(house.newsroom.otherDesk));
      expect((await colleague.request('GET', there)).status).toBe(200);
      const { body } = await colleague.request('GET', '/v1/channels');
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(body).toMatchObject({ channels: [{ name: 'The blog', problem: '' }] });
    });
  });
}
