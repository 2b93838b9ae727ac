import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf, type PushResponse } from '#shared/api';
import { canonicalJson, sealRevision, sha256Hex } from '#shared/article';
import { anId, content, paragraph } from '../../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  type TestClient,
  type TestNewsroom,
} from '../../helpers/server.ts';

/** What push and changes promise, on whatever database `start` gives. */
export function describeSync(start: () => Promise<TestNewsroom>): void {
  describe('push and changes', () => {
    let newsroom: TestNewsroom;
    let editor: TestClient;
    let colleague: TestClient;
    let chief: TestClient;
    let stranger: TestClient;

    beforeAll(async () => {
      newsroom = await start();
      editor = await newsroom.join('Mira Hassan', editorOn(newsroom.newsDesk));
      colleague = await newsroom.join('Jonah Okafor', editorOn(newsroom.newsDesk));
      chief = await newsroom.join('M. Haidari', chiefOn(newsroom.newsDesk));
      stranger = await newsroom.join('S. Porter', editorOn(newsroom.otherDesk));
    });
    afterAll(() => newsroom.close());

    const draft = (words: string) => contentFor(newsroom.newsDesk, { body: [words] });

    it('creates the article with its first revision and says who started it', async () => {
      const article = anId();
      const { hash, record } = await editor.write(article, draft('First words.'));
      expect(record).toMatchObject({
        head: hash,
        state: 'draft',
        sides: [],
        createdBy: editor.person.id,
        desk: newsroom.newsDesk.id,
      });
      const { changes } = await colleague.changes();
      expect(changes).toContainEqual(
        expect.objectContaining({
          kind: 'event',
          data: expect.objectContaining({
            article,
            transition: 'create',
            by: editor.person.id,
          }) as unknown,
        }),
      );
    });

    it('leaves an article with its author when a colleague brings it', async () => {
      const article = anId();
      const brought = await colleague.write(article, draft('First words.'), [], editor.person.id);
      expect(brought.record).toMatchObject({ createdBy: editor.person.id });
      const { changes } = await editor.changes();
      const created = changes.find(
        ({ kind, data }) => kind === 'event' && data.article === article,
      );
      expect(created?.data).toMatchObject({ transition: 'create', by: colleague.person.id });
      const binned = await editor.send({ kind: 'bin', article, binned: true });
      expect(binned).toMatchObject({ outcome: 'accepted' });
      const again = await colleague.send({ kind: 'bin', article, binned: false });
      expect(again).toMatchObject({ outcome: 'refused', code: 'forbidden' });
    });

    it('makes nobody an author, by naming them, who may not start the article', async () => {
      const article = anId();
      const { hash, record } = await colleague.write(
        article,
        draft('First words.'),
        [],
        stranger.person.id,
      );
      expect(record).toMatchObject({ createdBy: colleague.person.id });
      for (const answer of [
        await stranger.write(article, draft('Other words.'), [hash]),
        await stranger.send({ kind: 'bin', article, binned: true }),
        await stranger.move(article, 'submit', 'draft', hash),
      ])
        expect(answer).toMatchObject({ outcome: 'refused', code: 'forbidden' });
    });

    it('lets no one start an article by naming somebody who may', async () => {
      const forged = await stranger.write(anId(), draft('Words.'), [], editor.person.id);
      expect(forged).toMatchObject({ outcome: 'refused', code: 'forbidden' });
    });

    it('keeps the exact bytes of a revision', async () => {
      const article = anId();
      const { hash } = await editor.write(article, draft('Ünïcödé “quotes” and\tتجربة.'));
      const { changes } = await chief.changes();
      const stored = changes.find(({ kind, data }) => kind === 'revision' && data.hash === hash);
      expect(stored?.kind === 'revision' && sha256Hex(stored.data.bytes)).toBe(hash);
    });

    it('moves the head forward and stores what grew beside it as a side revision', async () => {
      const article = anId();
      const first = await editor.write(article, draft('One.'));
      const second = await editor.write(article, draft('Two.'), [first.hash]);
      expect(second).toMatchObject({ outcome: 'accepted', record: { head: second.hash } });
      const beside = await colleague.write(article, draft('Also two.'), [first.hash]);
      expect(beside).toMatchObject({
        outcome: 'diverged',
        record: { head: second.hash, sides: [beside.hash] },
      });
      const further = await colleague.write(article, draft('Also three.'), [beside.hash]);
      expect(further).toMatchObject({ outcome: 'diverged', record: { sides: [further.hash] } });
      const merged = await colleague.write(article, draft('Both.'), [second.hash, further.hash]);
      expect(merged).toMatchObject({
        outcome: 'accepted',
        record: { head: merged.hash, sides: [] },
      });
    });

    it('refuses a revision whose parents it does not have, and takes the next operation', async () => {
      const article = anId();
      const orphan = await editor.write(article, draft('Orphan.'), [sha256Hex('nothing')]);
      expect(orphan).toMatchObject({ outcome: 'refused', code: 'unknown-parent' });
      expect(await editor.write(article, draft('Root.'))).toMatchObject({ outcome: 'accepted' });
    });

    it('refuses a parent that belongs to another article', async () => {
      const first = await editor.write(anId(), draft('Mine.'));
      const article = anId();
      await editor.write(article, draft('Other.'));
      const crossed = await editor.write(article, draft('Crossed.'), [first.hash]);
      expect(crossed).toMatchObject({ outcome: 'refused', code: 'unknown-parent' });
    });

    it('refuses bytes that do not match their hash, and a revision of another article', async () => {
      const article = anId();
      const sealed = sealRevision(article, [], draft('Words.'));
      const envelope = {
        author: editor.person.id,
        device: editor.device,
        at: '2026-11-14T12:00:00Z',
      };
      const wrong = { ...sealed, hash: sha256Hex('else'), article, envelope };
      expect(await editor.send({ kind: 'revision', revision: wrong, base: null })).toMatchObject({
        outcome: 'refused',
        code: 'wrong-hash',
      });
      const elsewhere = { ...sealed, article: anId(), envelope };
      expect(
        await editor.send({ kind: 'revision', revision: elsewhere, base: null }),
      ).toMatchObject({
        outcome: 'refused',
        code: 'wrong-article',
      });
    });

    it('refuses what a newer Stet wrote with a code of its own', async () => {
      const article = anId();
      const bytes = canonicalJson({
        ...JSON.parse(sealRevision(article, [], content()).bytes),
        schema: 99,
      });
      const envelope = {
        author: editor.person.id,
        device: editor.device,
        at: '2026-11-14T12:00:00Z',
      };
      const revision = { hash: sha256Hex(bytes), bytes, article, envelope };
      expect(await editor.send({ kind: 'revision', revision, base: null })).toMatchObject({
        outcome: 'refused',
        code: 'newer-schema',
      });
    });

    it('gives the stored answer when a push is repeated, and changes nothing', async () => {
      const device = await newsroom.join('Rana Saleh', editorOn(newsroom.newsDesk));
      const article = anId();
      const sealed = sealRevision(article, [], draft('Once.'));
      const envelope = {
        author: device.person.id,
        device: device.device,
        at: '2026-11-14T12:00:00Z',
      };
      const op = {
        seq: 1,
        id: anId(),
        at: '2026-11-14T12:00:00Z',
        payload: { kind: 'revision', revision: { ...sealed, article, envelope }, base: null },
      };
      const push = { device: device.device, ops: [op] };
      const first = await device.request('POST', '/v1/push', push);
      const before = await chief.changes();
      const again = await device.request('POST', '/v1/push', push);
      expect(again.body).toEqual(first.body);
      expect((await chief.changes()).cursor).toBe(before.cursor);

      const gap = await device.request('POST', '/v1/push', {
        device: device.device,
        ops: [{ ...op, seq: 5 }],
      });
      expect(gap).toMatchObject({ status: 409, body: { error: { code: 'gap', expected: 2 } } });
      const reused = await device.request('POST', '/v1/push', {
        device: device.device,
        ops: [{ ...op, id: anId() }],
      });
      expect(reused).toMatchObject({ status: 409, body: { error: { code: 'numbers-reused' } } });
    });

    it('does an operation once, also when it comes again under another number', async () => {
      const device = await newsroom.join('Ines Cole', editorOn(newsroom.newsDesk));
      const article = anId();
      const { hash, bytes } = sealRevision(article, [], draft('Sent, and numbered again.'));
      const at = '2026-11-14T12:00:00Z';
      const envelope = { author: device.person.id, device: device.device, at };
      const op = (seq: number, id: string, payload: object) => ({ seq, id, at, payload });
      const submit = {
        kind: 'transition',
        article,
        transition: 'submit',
        revision: hash,
        expectedState: 'draft',
      };
      const id = anId();
      const revision = { hash, bytes, article, envelope };
      const send = (...ops: object[]) =>
        device.request('POST', '/v1/push', { device: device.device, ops });
      await send(op(1, anId(), { kind: 'revision', revision, base: null }), op(2, id, submit));
      const again = await send(op(3, id, submit));
      expect(again).toMatchObject({
        status: 200,
        body: { answers: [{ seq: 3, id, outcome: 'accepted' }], lastSeq: 3 },
      });
    });

    it('knows an operation again that comes from another device of the person, and of no one else', async () => {
      const device = await newsroom.join('Ola Berg', editorOn(newsroom.newsDesk));
      const article = anId();
      const { hash } = await device.write(article, draft('Sent from the old device.'));
      const id = anId();
      const at = '2026-11-14T12:00:00Z';
      const payload = {
        kind: 'transition',
        article,
        transition: 'submit',
        revision: hash,
        expectedState: 'draft',
      };
      const send = (client: TestClient, seq: number) =>
        client.request('POST', '/v1/push', {
          device: client.device,
          ops: [{ seq, id, at, payload }],
        });
      const [first] = ((await send(device, 2)).body as PushResponse).answers;
      expect(first).toMatchObject({ outcome: 'accepted', record: { state: 'in-review' } });
      const again = await newsroom.signInAgain(device);
      expect((await send(again, 1)).body).toMatchObject({ answers: [{ ...first, seq: 1 }] });
      const other = await newsroom.join('Kim Vale', editorOn(newsroom.newsDesk));
      expect((await send(other, 1)).body).toMatchObject({ answers: [{ outcome: 'refused' }] });
    });

    it('answers a batch in order, one refusal never holding up the rest', async () => {
      const device = await newsroom.join('T. Brandt', editorOn(newsroom.newsDesk));
      const op = (seq: number, words: string, parents: string[], article: string) => {
        const sealed = sealRevision(article, parents, draft(words));
        const envelope = {
          author: device.person.id,
          device: device.device,
          at: '2026-11-14T12:00:00Z',
        };
        const payload = {
          kind: 'revision',
          revision: { ...sealed, article, envelope },
          base: null,
        };
        return { seq, id: anId(), at: '2026-11-14T12:00:00Z', payload };
      };
      const article = anId();
      const ops = [
        op(1, 'Good.', [], article),
        op(2, 'Bad.', [sha256Hex('no such')], article),
        op(3, 'Good too.', [], anId()),
      ];
      const { body } = await device.request('POST', '/v1/push', { device: device.device, ops });
      const { answers, lastSeq } = body as PushResponse;
      expect(answers.map(({ seq, outcome }) => [seq, outcome])).toEqual([
        [1, 'accepted'],
        [2, 'refused'],
        [3, 'accepted'],
      ]);
      expect(lastSeq).toBe(3);
      const gapInside = {
        device: device.device,
        ops: [
          { ...ops[0], seq: 4 },
          { ...ops[2], seq: 6 },
        ],
      };
      expect((await device.request('POST', '/v1/push', gapInside)).status).toBe(400);
    });

    it('refuses operations in the name of another device', async () => {
      const { status, body } = await editor.request('POST', '/v1/push', {
        device: colleague.device,
        ops: [
          {
            seq: 99,
            id: anId(),
            at: '2026-11-14T12:00:00Z',
            payload: { kind: 'bin', article: anId(), binned: true },
          },
        ],
      });
      expect({ status, body }).toMatchObject({
        status: 403,
        body: { error: { code: 'wrong-device' } },
      });
    });

    it('lets no one outside the desk change an article, and lets everyone read it', async () => {
      const article = anId();
      const { hash } = await editor.write(article, draft('Ours.'));
      expect(await stranger.write(article, draft('Theirs.'), [hash])).toMatchObject({
        outcome: 'refused',
        code: 'forbidden',
      });
      const { changes } = await stranger.changes();
      expect(changes.some(({ kind, data }) => kind === 'article' && data.id === article)).toBe(
        true,
      );
    });

    it('starts no article on a desk that someone does not belong to, or that does not exist', async () => {
      expect(await stranger.write(anId(), draft('Here.'))).toMatchObject({ code: 'forbidden' });
      const nowhere = content({ fields: { desk: anId() } });
      expect(await editor.write(anId(), nowhere)).toMatchObject({ code: 'unknown-desk' });
    });

    it('pages through the feed without skipping or repeating', async () => {
      const whole = await chief.changes();
      const rows: unknown[] = [];
      let cursor: string | undefined;
      let more = true;
      while (more) {
        const page = await chief.changes(cursor, 3);
        rows.push(...page.changes);
        ({ cursor, more } = page);
      }
      expect(rows).toEqual(whole.changes);
      expect(cursor).toBe(whole.cursor);
      expect((await chief.changes(cursor)).changes).toEqual([]);
    });

    it('moves an article’s row behind its revision each time it changes', async () => {
      const article = anId();
      const first = await editor.write(article, draft('One.'));
      const { cursor } = await chief.changes();
      const second = await editor.write(article, draft('Two.'), [first.hash]);
      const { changes } = await chief.changes(cursor);
      expect(changes.map(({ kind }) => kind)).toEqual(['revision', 'article']);
      expect(changes[1]).toMatchObject({ data: { id: article, head: second.hash } });
    });

    it('starts over with a reset for a cursor of another epoch or from beyond the end', async () => {
      const { cursor } = await chief.changes();
      const { epoch, seq } = placeOf(cursor);
      for (const other of [`another-epoch:${seq}`, `${epoch}:99999999`]) {
        const answer = await chief.changes(other);
        expect(answer.reset).toBe(true);
        expect(answer.changes[0]?.kind).toBeDefined();
      }
    });

    it('adds comments once, from members only, signed by whoever sends them', async () => {
      const article = anId();
      const first = paragraph('Talk about this.');
      await editor.write(article, contentFor(newsroom.newsDesk, { body: [first] }));
      const id = anId();
      const entry = {
        id,
        article,
        thread: id,
        kind: 'comment' as const,
        anchor: { block: first.$.id, quote: 'this', offset: 11 },
        text: 'Which?',
        author: chief.person.id,
        at: '2026-11-14T12:00:00Z',
      };
      expect(await chief.send({ kind: 'comment', entry })).toMatchObject({ outcome: 'accepted' });
      const { cursor } = await chief.changes();
      expect(await chief.send({ kind: 'comment', entry })).toMatchObject({ outcome: 'accepted' });
      expect((await chief.changes(cursor)).changes).toEqual([]);
      const send = (client: TestClient, changed: Partial<typeof entry>) =>
        client.send({
          kind: 'comment',
          entry: { ...entry, id: anId(), ...changed },
        });
      expect(
        await chief.send({ kind: 'comment', entry: { ...entry, text: 'Changed.' } }),
      ).toMatchObject({
        code: 'comment-exists',
      });
      expect(await send(editor, { kind: 'reply' as 'comment' })).toMatchObject({
        code: 'wrong-author',
      });
      expect(
        await send(editor, { kind: 'reply' as 'comment', author: editor.person.id }),
      ).toMatchObject({ outcome: 'accepted' });
      expect(
        await send(editor, {
          kind: 'reply' as 'comment',
          author: editor.person.id,
          thread: anId(),
        }),
      ).toMatchObject({ code: 'malformed' });
      const strange = anId();
      expect(
        await stranger.send({
          kind: 'comment',
          entry: { ...entry, id: strange, thread: strange, author: stranger.person.id },
        }),
      ).toMatchObject({ code: 'forbidden' });
    });

    it('bins an article and takes it out, for its author, a chief or an admin', async () => {
      const article = anId();
      const { hash } = await editor.write(article, draft('Bin me.'));
      const bin = (client: TestClient, binned: boolean) =>
        client.send({ kind: 'bin', article, binned });
      expect(await bin(colleague, true)).toMatchObject({ code: 'forbidden' });
      expect(await bin(editor, true)).toMatchObject({
        outcome: 'accepted',
        record: { binned: true },
      });
      expect(await editor.move(article, 'submit', 'draft', hash)).toMatchObject({ code: 'binned' });
      expect(await bin(chief, false)).toMatchObject({
        outcome: 'accepted',
        record: { binned: false },
      });
    });

    it('wakes open streams when there is something to pull', async () => {
      const abort = new AbortController();
      const response = await fetch(`${newsroom.url}/v1/events`, {
        headers: { authorization: `Bearer ${chief.token}` },
        signal: abort.signal,
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let heard = '';
      /** Reads on until it is told of a place behind this one: what it hears first may be of the writes before it. */
      const wokenBeyond = async (seq: number): Promise<void> => {
        while (
          ![...heard.matchAll(/^event: wake\nid: (\d+)\n/gm)].some((at) => Number(at[1]) > seq)
        ) {
          const { value, done } = await reader.read();
          expect(done).toBe(false);
          heard += value ?? '';
        }
      };
      await wokenBeyond(-1);
      const { cursor } = await chief.changes();
      await editor.write(anId(), draft('Wake up.'));
      await wokenBeyond(placeOf(cursor).seq);
      abort.abort();
    });
  });
}
