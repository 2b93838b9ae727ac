import { crc32, deflateSync } from 'node:zlib';
import { cp, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHOLE_UPLOAD_MAX_BYTES } from '#shared/api';
import { canonicalJson, newId, sha256Hex, type Fields, type Hash, type Id } from '#shared/article';
import { revokeDevice } from '../../../src-server/store/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { openNewsroom, PASSWORD, type TestNewsroom } from './newsroom.ts';
import { openStation, type Station } from './station.ts';
import { openLine, type Trouble, type UnreliableLine } from './unreliable-line.ts';

let newsroom: TestNewsroom;
let line: UnreliableLine;
let rim: Station;
let others: Station[];

beforeEach(async () => {
  newsroom = await openNewsroom();
  line = await openLine(() => newsroom.url);
  rim = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id });
  others = [];
});
afterEach(async () => {
  await rim.remove();
  for (const other of others) await other.remove();
  await line.close();
  await newsroom.remove();
});

const slotsComputer = async (url = newsroom.url): Promise<Station> => {
  const slot = await openStation({ url, login: 'slot', desk: newsroom.desk.id });
  others.push(slot);
  return slot;
};

/** The line fails once for requests to this path, then works again. */
const once = (path: string, trouble: Trouble): void => {
  line.trouble = (_, asked) => {
    if (asked !== path) return 'pass';
    line.trouble = () => 'pass';
    return trouble;
  };
};

const page =
  (status: number, type: string, body: string): Trouble =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(body);

describe('a line that fails', () => {
  it('loses an answer after the server has committed, and nothing is there twice', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.command(article, 'submit');
    once('/v1/push', 'drop-answer');
    await rim.sync();
    expect(rim.engine.standing().state).toBe('offline');
    expect(rim.store.outbox.counts().waiting).toBe(2);
    await rim.sync();
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    const slot = await slotsComputer();
    expect(slot.store.revisions.list(article)).toHaveLength(1);
    expect(slot.store.events.list(article).map(({ transition }) => transition)).toEqual([
      'create',
      'submit',
    ]);
  });

  it.each<[string, Trouble]>([
    ['a page instead of an answer', page(200, 'text/html', '<h1>Sign in to the Wi-Fi</h1>')],
    ['a 500', page(500, 'text/plain', '')],
    ['a 401 of a proxy', page(401, 'text/html', '<h1>Who are you?</h1>')],
    ['a 403 of a proxy', page(403, 'text/html', '<h1>No</h1>')],
    ['an empty answer', page(200, 'application/json', '')],
    [
      'answers to other operations',
      page(
        200,
        'application/json',
        JSON.stringify({
          answers: [{ seq: 1, id: '01a204b2-d288-76cf-8d50-0560d8168c0a', outcome: 'accepted' }],
          lastSeq: 1,
        }),
      ),
    ],
    ['a cut line', 'cut'],
  ])('gets %s to a push, keeps everything and sends it later', async (_, trouble) => {
    const article = rim.create('Bridge reopens', 'One.');
    once('/v1/push', trouble);
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'offline' });
    expect(rim.engine.standing().message).toMatch(/[.]$/);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 1, parked: 0 });
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(rim.store.articles.serverRecord(article)?.head).not.toBeNull();
  });

  it('is not tried again before the time the server asks for, whoever asks', async () => {
    let asked = 0;
    line.trouble = (_, path) => {
      if (path !== '/v1/changes') return 'pass';
      asked += 1;
      return (response) =>
        response
          .writeHead(429, { 'content-type': 'application/json', 'retry-after': '600' })
          .end(JSON.stringify({ error: { code: 'too-many', message: 'Wait ten minutes.' } }));
    };
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'offline', message: 'Wait ten minutes.' });
    const before = asked;
    await rim.sync();
    rim.engine.nudge();
    rim.engine.pause(true);
    rim.engine.pause(false);
    await rim.engine.idle();
    expect(asked).toBe(before);
    expect(rim.engine.standing()).toMatchObject({ state: 'offline', message: 'Wait ten minutes.' });
  });

  it('goes on where it stopped when Stet was closed in between', async () => {
    await newsroom.stop();
    const article = rim.create('Bridge reopens', 'One.');
    rim = await rim.reopen();
    expect(rim.engine.standing().state).toBe('offline');
    await newsroom.start();
    await rim.sync();
    expect(rim.engine.standing().state).toBe('online');
    expect(rim.store.articles.serverRecord(article)?.state).toBe('draft');
  });
});

describe('a server that changed its mind', () => {
  it('signs the computer out: all work stays, and goes out after signing in', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await newsroom.server.context.store.write((unit) => revokeDevice(unit, rim.store.deviceId));
    await rim.sync();
    expect(rim.engine.standing().state).toBe('signed-out');
    expect(rim.engine.standing().message).toMatch(/[.]$/);
    rim.edit(article, {
      blocks: [paragraph('Written while signed out.', rim.block(article, 0).$.id)],
    });
    rim.seal(article);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 2, parked: 0 });
    await rim.session.signIn(PASSWORD);
    await rim.engine.idle();
    expect(rim.engine.standing().state).toBe('online');
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    const slot = await slotsComputer();
    expect(slot.texts(article)).toEqual(['Written while signed out.']);
  });

  it('is too new for this Stet: pulling goes on, work waits, and a sentence says so', async () => {
    const slot = await slotsComputer();
    const theirs = slot.create('From the desk', 'One.');
    await slot.sync();
    line.trouble = (_, path) =>
      path === '/v1/push'
        ? page(
            426,
            'application/json',
            JSON.stringify({ error: { code: 'upgrade-required', message: 'Update Stet.' } }),
          )
        : 'pass';
    rim.create('Bridge reopens', 'One.');
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: 'Update Stet.' });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 1, parked: 0 });
    expect(rim.texts(theirs)).toEqual(['One.']);
  });

  it('sends what a newer Stet wrote over an article being edited: both stay, and the rest goes on', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    rim.edit(article, { blocks: [paragraph('Mine.', rim.block(article, 0).$.id)] });
    const { store } = rim;
    const record = store.articles.serverRecord(article)!;
    const bytes = canonicalJson({
      ...JSON.parse(store.revisions.get(record.head!)!.bytes),
      schema: 99,
      parents: [record.head],
    });
    const revision = {
      article,
      hash: sha256Hex(bytes),
      bytes,
      envelope: store.revisions.envelope(record.head!)!,
    };
    store.feed.applyChanges(
      [
        { kind: 'revision', data: revision },
        { kind: 'article', data: { ...record, head: revision.hash } },
      ],
      store.feed.cursor()!,
    );
    const other = rim.create('Another', 'Two.');
    rim = await rim.reopen();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.articles.serverRecord(other)?.state).toBe('draft');
    expect(rim.texts(article)).toEqual(['Mine.']);
    expect(rim.store.revisions.get(revision.hash)?.bytes).toBe(bytes);
    expect(rim.notices.join()).toContain('newer version of Stet');
  });

  it('comes back from an older backup and is offered what it lost', async () => {
    const old = rim.create('Before the backup', 'One.');
    await rim.sync();
    const slot = await slotsComputer();
    await rim.away();
    await slot.away();
    await newsroom.backUp();
    await rim.sync();
    const fresh = rim.create('After the backup', 'New.');
    rim.edit(old, { blocks: [paragraph('Two.', rim.block(old, 0).$.id)] });
    rim.seal(old);
    await rim.sync();
    await rim.away();
    await newsroom.restore();
    rim.edit(old, { blocks: [paragraph('Three.', rim.block(old, 0).$.id)] });
    rim.seal(old);
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    await slot.sync();
    expect(slot.texts(fresh)).toEqual(['New.']);
    expect(slot.texts(old)).toEqual(['Three.']);
    expect(rim.texts(old)).toEqual(['Three.']);
    // It stays in sight: what was approved meanwhile has to be approved again.
    expect(rim.warnings.join()).toContain('Approvals given since may have to be given again.');
  });

  it('comes back from an older backup and tells whoever approves, though nothing of theirs was lost', async () => {
    const slot = await slotsComputer();
    await newsroom.backUp();
    rim.create('After the backup', 'New.');
    await rim.sync();
    await slot.sync();
    await rim.away();
    await newsroom.restore();
    await slot.sync();
    expect(slot.warnings).toEqual([
      'The publishing server came back from an older backup. Approvals given since may have to be given again.',
    ]);
  });

  it('is offered a comment whose article the feed was about to tell of when the server lost both', async () => {
    const slot = await slotsComputer();
    await newsroom.backUp();
    const article = slot.create('After the backup', 'One.');
    await slot.sync();
    await rim.sync();
    const entry = rim.say(article, 'Who counted them?');
    await rim.sync();
    await slot.sync();
    await slot.away();
    await rim.away();
    // Read over as far as the comment: the article comes last, for it was changed last.
    const cursor = rim.store.feed.cursor()!;
    rim.store.vault.evict(article);
    rim.store.feed.applyChanges([{ kind: 'comment', data: entry }], cursor);
    await newsroom.restore();
    await rim.sync();
    await slot.sync();
    await rim.sync();
    expect(rim.store.articles.exists(article)).toBe(true);
    const third = await slotsComputer();
    expect(third.store.comments.list(article)).toMatchObject([
      { id: entry.id, text: 'Who counted them?' },
    ]);
  });

  it('loses a comment whose name a colleague took since: what was said under it stays in the outbox, refused', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.seal(article);
    await rim.sync();
    const slot = await slotsComputer();
    await newsroom.backUp();
    const id = newId(Date.now, seededRandom(5));
    const about = { id, article, thread: id, kind: 'comment' as const, anchor: null };
    const say = ({ store }: Station, author: Id, text: string): void => {
      const entry = { ...about, author, text, at: new Date().toISOString() };
      store.comments.put(entry);
      store.outbox.add({ kind: 'comment', entry }, author);
    };
    say(rim, newsroom.rim.id, 'Who counted them?');
    rim.seal(rim.create('Written behind it', 'Two.'));
    await rim.sync();
    await rim.away();
    await slot.away();
    await newsroom.restore();
    say(slot, newsroom.slot.id, 'Out of turn.');
    await slot.sync();
    await rim.sync();
    expect(rim.parked()).toEqual(['A different comment already has this id.']);
    expect(rim.store.outbox.entries()[0]?.op.payload).toMatchObject({
      entry: { text: 'Who counted them?' },
    });
  });

  it('is offered each revision that it lost once, however long the line is that builds on it', async () => {
    const article = rim.create('Before the backup', 'Zero.');
    await rim.sync();
    await newsroom.backUp();
    const write = (text: string): void => {
      rim.edit(article, { blocks: [paragraph(text, rim.block(article, 0).$.id)] });
      rim.seal(article);
    };
    for (const word of ['One', 'two', 'three', 'four', 'five', 'six']) write(`${word}.`);
    await rim.sync();
    await rim.away();
    await newsroom.restore();
    for (const word of ['seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']) write(`${word}.`);
    const numbered = (): number => Number(rim.store.values.get('outbox.seq'));
    const before = numbered();
    await rim.sync();
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    const slot = await slotsComputer();
    expect(slot.store.revisions.list(article)).toHaveLength(13);
    expect(slot.texts(article)).toEqual(['twelve.']);
    // Six were lost, and six that built on them were refused first and sent again; the server counts on from its backup.
    expect(numbered() - before).toBeLessThan(18);
  });

  it('is offered what a colleague had added, once the article is back from who started it', async () => {
    const slot = await slotsComputer();
    await newsroom.backUp();
    const article = slot.create('After the backup', 'One.', 'Two.');
    await slot.sync();
    await slot.away();
    await rim.sync();
    rim.edit(article, { blocks: [paragraph('Two by rim.', rim.block(article, 1).$.id)] });
    rim.seal(article);
    await rim.sync();
    await rim.away();
    await newsroom.restore();
    await rim.sync();
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    await slot.sync();
    expect(slot.texts(article)).toEqual(['One.', 'Two.']);
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['One.', 'Two by rim.']);
    expect(rim.parked()).toEqual([]);
  });

  it('is offered what it lost by a computer that was about to read its feed from the start', async () => {
    await newsroom.backUp();
    await rim.sync();
    const fresh = rim.create('After the backup', 'New.');
    await rim.sync();
    rim.command(fresh, 'submit');
    await rim.sync();
    await rim.away();
    rim.store.feed.reset();
    await newsroom.restore();
    await rim.sync();
    const slot = await slotsComputer();
    expect(slot.texts(fresh)).toEqual(['New.']);
    expect(rim.warnings.join()).toContain('Approvals given since may have to be given again.');
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
  });

  it('is not offered what it refused before and has since taken in with later words', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    await rim.sync();
    await rim.away();
    await newsroom.backUp();
    const id = rim.block(article, 0).$.id;
    rim.edit(article, { blocks: [paragraph('Refused.', id)] });
    const refused = rim.seal(article)!;
    const [op] = rim.store.outbox.nextBatch(1, 1e6);
    rim.store.outbox.recordAnswers([{ seq: op!.seq, id: op!.id, outcome: 'refused' }]);
    rim.edit(article, { blocks: [paragraph('Refused, and then not.', id)] });
    rim.seal(article);
    await rim.sync();
    await rim.away();
    await newsroom.restore();
    await rim.sync();
    expect(rim.notices.join()).toContain('older backup');
    expect(rim.store.articles.serverRecord(article)?.sides).toEqual([]);
    expect(rim.store.revisions.isKnown(refused)).toBe(false);
    expect(rim.texts(article)).toEqual(['Refused, and then not.']);
  });
});

describe('a profile that is not what the server remembers', () => {
  it('went back to an older copy: its numbers are taken, and it goes on behind them', async () => {
    rim.create('First', 'One.');
    await rim.sync();
    const dir = await copyOf(rim);
    rim = await rim.reopen();
    rim.create('Lost with the disk', 'One.');
    await rim.sync();
    await rim.remove();
    rim = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id, dir });
    const article = rim.create('Written after', 'One.');
    await rim.sync();
    expect(rim.engine.standing()).toMatchObject({ state: 'online', message: null });
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(rim.store.articles.serverRecord(article)?.state).toBe('draft');
  });
});

describe('a profile that was copied to a second computer', () => {
  it('is a device of its own there, and neither signs the other out for good', async () => {
    rim.create('First', 'One.');
    await rim.sync();
    const dir = await copyOf(rim);
    rim = await rim.reopen();
    const copy = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id, dir });
    others.push(copy);
    await rim.sync();
    expect(rim.engine.standing().state).toBe('signed-out');
    const mine = rim.create('Written signed out', 'One.');
    await rim.session.signIn(PASSWORD);
    await rim.engine.idle();
    const theirs = copy.create('Written on the copy', 'One.');
    for (const station of [copy, rim, copy]) {
      await station.sync();
      expect(station.engine.standing()).toMatchObject({ state: 'online', message: null });
      expect(station.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    }
    expect(rim.store.deviceId).not.toBe(copy.store.deviceId);
    expect([copy.texts(mine), rim.texts(theirs)]).toEqual([['One.'], ['One.']]);
  });

  it('is known by what it sent: a command whose answer was lost is done once', async () => {
    const article = rim.create('Bridge reopens', 'One.');
    rim.command(article, 'submit');
    once('/v1/push', 'drop-answer');
    await rim.sync();
    const before = rim.store.deviceId;
    await newsroom.server.context.store.write((unit) => revokeDevice(unit, before));
    await rim.sync();
    await rim.session.signIn(PASSWORD);
    await rim.engine.idle();
    expect(rim.store.deviceId).not.toBe(before);
    expect(rim.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(rim.store.articles.serverRecord(article)?.state).toBe('in-review');
  });
});

async function copyOf(station: Station): Promise<string> {
  const copy = `${station.dir}-copy`;
  await rm(copy, { recursive: true, force: true });
  await station.close();
  await cp(station.dir, copy, { recursive: true });
  return copy;
}

describe('pictures', () => {
  it('go up before the text that needs them is approved, and come down on the other computer', async () => {
    const bytes = aPicture();
    const { hash } = rim.store.assets.add(bytes, { mime: 'image/png', width: 1, height: 1 });
    expect(hash).toBe(sha256Hex(bytes));
    const article = rim.create('Bridge reopens', 'One.');
    const leadImage = shown(hash);
    rim.edit(article, { fields: { leadImage } });
    rim.command(article, 'submit');
    once(`/v1/assets/${hash}`, 'cut');
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toHaveLength(1);
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    const slot = await slotsComputer();
    await expect.poll(() => slot.store.assets.get(hash)?.uploaded).toBe(true);
    slot.command(article, 'approve');
    await slot.sync();
    expect(slot.parked()).toEqual([]);
    expect(slot.store.articles.serverRecord(article)?.state).toBe('approved');
  });

  it('that a line breaks off hold back the approval that needs them, until they are there', async () => {
    const { slot, article, hash } = await approvedWithNewPicture();
    once(`/v1/assets/${hash}`, 'cut');
    await slot.sync();
    expect(slot.store.articles.serverRecord(article)?.state).toBe('in-review');
    expect(slot.store.outbox.counts()).toEqual({ waiting: 1, parked: 0 });
    await slot.sync();
    expect(slot.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(slot.store.articles.serverRecord(article)?.state).toBe('approved');
  });

  it('that the server does not take hold back nothing but the approval, which is refused with the reason', async () => {
    const { slot, hash } = await approvedWithNewPicture();
    const other = slot.create('Written behind it', 'Two.');
    slot.seal(other);
    line.trouble = (_, path) =>
      path === `/v1/assets/${hash}` ? page(503, 'text/plain', '') : 'pass';
    await slot.sync();
    expect(slot.parked()).toEqual([expect.stringContaining('picture has not reached')]);
    expect(slot.store.articles.serverRecord(other)?.head).not.toBeNull();
  });

  it('are not taken for sent when a sign-in page answers in place of the server', async () => {
    const { hash } = rim.store.assets.add(aPicture(), { mime: 'image/png', width: 1, height: 1 });
    once(`/v1/assets/${hash}`, page(200, 'text/html', '<h1>Sign in to the Wi-Fi</h1>'));
    await rim.sync();
    expect(rim.engine.standing().state).toBe('offline');
    expect(rim.store.assets.pendingUploads()).toHaveLength(1);
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
  });

  it('too large for one request are tried again when a sign-in page answers at their beginning', async () => {
    const bytes = Buffer.concat([aPicture(), Buffer.alloc(WHOLE_UPLOAD_MAX_BYTES)]);
    const { hash } = rim.store.assets.add(bytes, { mime: 'image/png', width: 1, height: 1 });
    once('/v1/uploads', page(200, 'text/html', '<h1>Sign in to the Wi-Fi</h1>'));
    await rim.sync();
    expect(rim.engine.standing().state).toBe('offline');
    expect(rim.notices).toEqual([]);
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
  });

  it('go up again to a server that came back from an older backup without them', async () => {
    await rim.sync();
    await newsroom.backUp();
    const { hash } = rim.store.assets.add(aPicture(), { mime: 'image/png', width: 1, height: 1 });
    const article = rim.create('Bridge reopens', 'One.');
    rim.edit(article, { fields: { leadImage: shown(hash) } });
    rim.seal(article);
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    await rim.away();
    await newsroom.restore();
    await rim.sync();
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    const slot = await slotsComputer();
    await expect.poll(() => slot.store.assets.get(hash)?.uploaded).toBe(true);
  });

  it('that arrived behind their text, and behind the backup, go up again as well', async () => {
    const { hash } = rim.store.assets.add(aPicture(), { mime: 'image/png', width: 1, height: 1 });
    const article = rim.create('Bridge reopens', 'One.');
    rim.edit(article, { fields: { leadImage: shown(hash) } });
    rim.seal(article);
    once(`/v1/assets/${hash}`, 'cut');
    await rim.sync();
    expect(rim.store.outbox.counts().waiting).toBe(0);
    await rim.away();
    await newsroom.backUp();
    rim.seal(rim.create('Written since', 'Two.'));
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    await rim.away();
    await newsroom.restore();
    await rim.sync();
    await rim.sync();
    expect(rim.store.assets.pendingUploads()).toEqual([]);
    expect(await newsroom.server.context.assets.has(hash)).toBe(true);
  });

  it('that a backup lacks though it holds their text go up again when an approval is refused, and it passes then', async () => {
    const { hash } = rim.store.assets.add(aPicture(), { mime: 'image/png', width: 1, height: 1 });
    const article = rim.create('Bridge reopens', 'One.');
    rim.edit(article, { fields: { leadImage: shown(hash) } });
    rim.command(article, 'submit');
    rim.store.assets.markUploaded(hash);
    await rim.sync();
    const slot = await slotsComputer();
    slot.store.assets.add(aPicture(), { mime: 'image/png', width: 1, height: 1, uploaded: true });
    slot.command(article, 'approve');
    await slot.sync();
    expect(slot.store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect(slot.notices).toEqual([]);
    expect(slot.store.articles.serverRecord(article)?.state).toBe('approved');
  });
});

/** A chief at the end of the line put a picture into an article and approved it; nothing of that is sent yet. */
async function approvedWithNewPicture(): Promise<{ slot: Station; article: Id; hash: Hash }> {
  const article = rim.create('Bridge reopens', 'One.');
  rim.command(article, 'submit');
  await rim.sync();
  const slot = await slotsComputer(line.url);
  const { hash } = slot.store.assets.add(aPicture(), {
    mime: 'image/png',
    width: 1,
    height: 1,
  });
  slot.edit(article, { fields: { leadImage: shown(hash) } });
  slot.command(article, 'approve');
  return { slot, article, hash };
}

/** The picture at the head of an article. */
function shown(asset: string): NonNullable<Fields['leadImage']> {
  const about = { mime: 'image/png', width: 1, height: 1 } as const;
  return { asset, ...about, caption: '', credit: '', alt: 'A bridge' };
}

/** One white pixel, as PNG. */
function aPicture(): Uint8Array {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, check]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
