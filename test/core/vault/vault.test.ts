import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockText, newId, type Id } from '#shared/article';
import { createDispatcher, type Handlers } from '#shared/contract';
import { vaultHandlers } from '../../../src-main/core/vault/index.ts';
import { addDesk, changePerson } from '../../../src-server/accounts/index.ts';
import { findArticle, findComment } from '../../../src-server/store/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';
import { openNewsroom, type TestNewsroom } from '../sync/newsroom.ts';
import { openStation, type Station } from '../sync/station.ts';
import { openLine } from '../sync/unreliable-line.ts';

type Vault = ReturnType<typeof vaultHandlers>;

let newsroom: TestNewsroom;
let rim: Station;
let slot: Station;
let vault: Vault;
const random = seededRandom(3);

beforeEach(async () => {
  newsroom = await openNewsroom();
  const desk = newsroom.desk.id;
  rim = await openStation({ url: newsroom.url, login: 'rim', desk });
  slot = await openStation({ url: newsroom.url, login: 'slot', desk });
  vault = vaultOf(rim);
});
afterEach(async () => {
  await rim.remove();
  await slot.remove();
  await newsroom.remove();
});

const vaultOf = ({ store, session }: Station): Vault =>
  vaultHandlers({
    store,
    emit: () => undefined,
    person: () => session.person(),
    clock: Date.now,
    random,
    wake: () => undefined,
    statusChanged: () => undefined,
  });

const change = (to: Parameters<typeof changePerson>[3]) =>
  changePerson(newsroom.server.context, null, newsroom.rim.id, to);
const deskBack = () => change({ memberships: [{ desk: newsroom.desk.id, role: 'copy-editor' }] });

/** Two paragraphs by the chief; the copy editor writes, unsent, and loses the desk. */
async function keptWork(write: (article: Id) => void): Promise<Id> {
  const article = slot.create('Dam report', 'The dam holds.', 'The gauge was read.');
  await slot.sync();
  await rim.sync();
  await rim.away();
  write(article);
  await change({ memberships: [] });
  await rim.sync();
  return article;
}

const edits = (article: Id): void => {
  rim.edit(article, { blocks: [paragraph('The dam does not hold.', rim.block(article, 0).$.id)] });
  rim.seal(article);
  rim.edit(article, { fields: { standfirst: 'Water comes through.' } });
};

const comment = (article: Id, text: string): void => {
  const id = newId(Date.now, random);
  const entry = {
    id,
    article,
    thread: id,
    kind: 'comment' as const,
    anchor: { block: rim.block(article, 0).$.id, quote: 'dam', offset: 4 },
    text,
    author: newsroom.rim.id,
    at: new Date().toISOString(),
  };
  rim.store.comments.put(entry);
  rim.store.outbox.add({ kind: 'comment', entry }, newsroom.rim.id);
};

const only = async () => {
  const { items } = await vault['vault.list']({});
  expect(items).toHaveLength(1);
  return items[0]!;
};
const bringBack = async () => vault['vault.bringBack']({ id: (await only()).id });
const standing = () => ({ ...rim.store.outbox.counts(), parked: rim.parked() });

describe('the vault', () => {
  it('says what it keeps, of which article, and what had not been sent', async () => {
    const article = await keptWork((id) => {
      edits(id);
      comment(id, 'Who read the gauge?');
      rim.command(id, 'submit');
    });
    const item = await only();
    expect(item).toMatchObject({
      headline: 'Dam report',
      changes: ['2 edits', '1 comment', 'Submit'],
      broughtBack: null,
      way: { to: 'nowhere' },
    });
    expect(Date.parse(item.at)).toBeGreaterThan(0);
    expect(rim.store.articles.exists(article)).toBe(false);
    const { parts, text, name } = await vault['vault.read']({ id: item.id });
    expect(name).toBe(`${item.id}.txt`);
    expect(parts).toContainEqual({ label: 'Byline', text: 'Rim Haddad' });
    expect(parts).toContainEqual({ label: '', text: 'The dam does not hold.' });
    expect(parts).toContainEqual({ label: 'Unsent comment', text: '“dam”\nWho read the gauge?' });
    expect(readFileSync(join(rim.dir, 'vault', name), 'utf8')).toBe(text);
    await expect(bringBack()).rejects.toThrow('You work on no desk');
  });

  it('keeps a comment that was still being written, and brings it back unfinished', async () => {
    const article = await keptWork((id) =>
      rim.store.unfinished.keep(id, {
        thread: null,
        anchor: { block: rim.block(id, 0).$.id, quote: 'dam', offset: 4 },
        text: 'Who read the',
      }),
    );
    const item = await only();
    expect(item.changes).toEqual(['1 unfinished comment']);
    expect(rim.store.unfinished.list(article)).toEqual([]);
    const { parts } = await vault['vault.read']({ id: item.id });
    expect(parts).toContainEqual({ label: 'Unfinished comment', text: '“dam”\nWho read the' });
    await deskBack();
    await rim.sync();
    await bringBack();
    expect(rim.store.unfinished.list(article)).toMatchObject([{ text: 'Who read the' }]);
    expect(standing()).toMatchObject({ waiting: 0, parked: [] });
  });

  it('brings back what was begun beside what was begun since in the same place', async () => {
    const place = { thread: null, anchor: null };
    const article = await keptWork((id) =>
      rim.store.unfinished.keep(id, { ...place, text: 'Who read the' }),
    );
    await deskBack();
    await rim.sync();
    rim.store.unfinished.keep(article, { ...place, text: 'When was it' });
    await bringBack();
    expect(rim.store.unfinished.list(article)).toEqual([
      { ...place, text: 'When was it\n\nWho read the' },
    ]);
  });

  it('is empty where nothing was ever kept', async () => {
    expect(await vault['vault.list']({})).toEqual({ items: [] });
  });

  it('opens no file but its own', async () => {
    await keptWork(edits);
    const dispatch = createDispatcher(
      vault as unknown as Handlers,
      () => null,
      () => undefined,
    );
    for (const id of ['../secrets', '..', '', '/etc/passwd'])
      for (const name of ['vault.read', 'vault.bringBack', 'vault.discard'])
        await dispatch(name, { id });
    expect(readdirSync(join(rim.dir, 'vault'))).toHaveLength(2);
    expect(await dispatch('vault.read', { id: '../secrets' })).toMatchObject({ ok: false });
  });

  it('shows what there is of a file that cannot be read, and keeps it', async () => {
    await keptWork(edits);
    const { id } = await only();
    writeFileSync(join(rim.dir, 'vault', `${id}.json`), '{"format":"stet-va');
    expect((await only()).way).toMatchObject({ to: 'nowhere' });
    expect((await vault['vault.read']({ id })).text).toContain('The dam does not hold.');
    await expect(bringBack()).rejects.toThrow('Only its text can be read');
  });

  it('lets go of an entry when the person discards it, and of nothing else', async () => {
    await keptWork(edits);
    writeFileSync(join(rim.dir, 'vault', 'note.txt'), 'Not of Stet.');
    await vault['vault.discard']({ id: (await only()).id });
    expect(readdirSync(join(rim.dir, 'vault'))).toEqual(['note.txt']);
  });
});

describe('work brought back into its article', () => {
  it('is joined with what colleagues wrote meanwhile, and reaches them', async () => {
    const article = await keptWork((id) => {
      edits(id);
      comment(id, 'Who read the gauge?');
    });
    slot.edit(article, { blocks: [paragraph('Nobody read it.', slot.block(article, 1).$.id)] });
    slot.seal(article);
    await slot.sync();
    await deskBack();
    await rim.sync();
    expect((await only()).way.to).toBe('article');
    expect(await bringBack()).toEqual({ article, isNew: false });
    expect(rim.texts(article)).toEqual(['The dam does not hold.', 'Nobody read it.']);
    await rim.sync();
    await slot.sync();
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'Nobody read it.']);
    expect(slot.store.working.read(article)?.content.fields.standfirst).toBe(
      'Water comes through.',
    );
    expect(slot.store.comments.list(article).map(({ text }) => text)).toEqual([
      'Who read the gauge?',
    ]);
    const record = slot.store.articles.serverRecord(article);
    expect(record?.sides).toEqual([]);
    expect(record?.head).toBe(rim.store.articles.serverRecord(article)?.head);
  });

  it('stands as two versions where a colleague changed the same words', async () => {
    const article = await keptWork(edits);
    slot.edit(article, { blocks: [paragraph('The dam leaks.', slot.block(article, 0).$.id)] });
    slot.seal(article);
    await slot.sync();
    await deskBack();
    await rim.sync();
    await bringBack();
    await rim.sync();
    await slot.sync();
    const text = slot.texts(article)[0];
    expect(text).toContain('The dam does not hold.');
    expect(text).toContain('The dam leaks.');
    expect(slot.block(article, 0).type).toBe('conflict');
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });

  it('goes on where it was when nobody else wrote, without a merge', async () => {
    const article = await keptWork(edits);
    await deskBack();
    await rim.sync();
    await bringBack();
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'The gauge was read.']);
    expect(slot.store.revisions.list(article).map(({ envelope }) => envelope.note)).toEqual([
      undefined,
      undefined,
      'Brought back',
    ]);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });

  it('is joined with what the person wrote in it since, sent or not', async () => {
    const article = await keptWork(edits);
    await deskBack();
    await rim.sync();
    await rim.away();
    rim.edit(article, { blocks: [paragraph('Read at noon.', rim.block(article, 1).$.id)] });
    await bringBack();
    expect(rim.texts(article)).toEqual(['The dam does not hold.', 'Read at noon.']);
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'Read at noon.']);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });

  it('comes as well when the server had refused it before the article was closed', async () => {
    const article = await keptWork((id) => {
      edits(id);
      const [waiting] = rim.store.outbox.entriesOf(id);
      rim.store.outbox.recordAnswers([
        { seq: waiting!.op.seq, id: waiting!.op.id, outcome: 'refused', message: 'Not yours.' },
      ]);
    });
    await deskBack();
    await rim.sync();
    await bringBack();
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'The gauge was read.']);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });
});

describe('sealed work that the server had refused before the article was closed', () => {
  it('is brought back with all its words', async () => {
    const article = await keptWork((id) => {
      edits(id);
      rim.seal(id);
      rim.store.outbox.recordAnswers(
        rim.store.outbox.entriesOf(id).map(({ op: { seq, id: op } }) => ({
          seq,
          id: op,
          outcome: 'refused',
          message: 'Not yours.',
        })),
      );
    });
    await deskBack();
    await rim.sync();
    await bringBack();
    await rim.sync();
    await slot.sync();
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'The gauge was read.']);
    expect(slot.store.working.read(article)?.content.fields.standfirst).toBe(
      'Water comes through.',
    );
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });
});

describe.each([
  ['before anybody sent it', true],
  ['before this computer heard of the loss', false],
])('an article that a restored server had lost, and that was closed %s', (_, hears) => {
  const lose = async (say: (article: Id) => void = () => undefined): Promise<Id> => {
    await newsroom.backUp();
    const article = slot.create('Dam report', 'The dam holds.', 'The gauge was read.');
    await slot.sync();
    slot.edit(article, { blocks: [paragraph('The dam leaks.', slot.block(article, 0).$.id)] });
    slot.seal(article);
    await slot.sync();
    await rim.sync();
    say(article);
    await rim.sync();
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    await slot.away();
    await rim.away();
    await newsroom.restore();
    if (hears) await rim.sync();
    await change({ memberships: [] });
    await rim.sync();
    expect(rim.store.articles.exists(article)).toBe(false);
    return article;
  };
  const onServer = (article: Id) => findArticle(newsroom.server.context.store.db, article);

  it('is kept whole, and comes back as what it was, in the name of whoever started it', async () => {
    const article = await lose();
    expect((await only()).way.to).toBe('nowhere');
    await deskBack();
    await rim.sync();
    const { way } = await only();
    expect(way.to).toBe('article');
    expect(way.why).toContain('in the name of whoever started it');
    expect(await bringBack()).toEqual({ article, isNew: false });
    expect(rim.texts(article)).toEqual(['The dam leaks.', 'The gauge was read.']);
    await rim.sync();
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    expect(await onServer(article)).toMatchObject({ createdBy: newsroom.slot.id, sides: [] });
    await slot.sync();
    expect(slot.texts(article)).toEqual(['The dam leaks.', 'The gauge was read.']);
    expect(slot.store.revisions.list(article)).toHaveLength(2);
    expect(slot.parked()).toEqual([]);
  });

  it('is kept with what its reader had said beside it, which nobody else can send again', async () => {
    const article = await lose((id) => comment(id, 'Who read the gauge?'));
    await slot.sync();
    await deskBack();
    await rim.sync();
    expect(rim.texts(article)).toEqual(['The dam leaks.', 'The gauge was read.']);
    expect(rim.store.comments.list(article)).toEqual([]);
    expect(await bringBack()).toEqual({ article, isNew: false });
    await rim.sync();
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    const [said] = rim.store.comments.list(article);
    expect(said?.text).toBe('Who read the gauge?');
    expect(await findComment(newsroom.server.context.store.db, said!.id)).toEqual(said);
  });

  it('is joined with what is there when somebody else has sent it by then', async () => {
    const article = await lose();
    await deskBack();
    await rim.sync();
    await slot.sync();
    slot.edit(article, { blocks: [paragraph('Read at noon.', slot.block(article, 1).$.id)] });
    slot.seal(article);
    await slot.sync();
    await bringBack();
    await rim.sync();
    await slot.sync();
    expect(rim.texts(article)).toEqual(['The dam leaks.', 'Read at noon.']);
    expect(slot.texts(article)).toEqual(['The dam leaks.', 'Read at noon.']);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });
});

describe('an article that was closed between a server’s going back to a backup and the next pull', () => {
  const sync = async (...stations: Station[]) => {
    for (const station of stations) await station.sync();
  };
  const rewrite = (station: Station, article: Id, words: string): void => {
    station.edit(article, { blocks: [paragraph(words, station.block(article, 0).$.id)] });
    station.seal(article);
  };
  const restoreAndClose = async (): Promise<void> => {
    await rim.away();
    await slot.away();
    await newsroom.restore();
    await change({ memberships: [] });
    await rim.sync();
  };

  it('goes without a trace when the server has all of it', async () => {
    const article = slot.create('Dam report', 'The dam holds.');
    await sync(slot, rim);
    comment(article, 'Who read the gauge?');
    await sync(rim);
    await newsroom.backUp();
    await restoreAndClose();
    expect(rim.store.articles.serverRecords()).toEqual([]);
    expect(await vault['vault.list']({})).toEqual({ items: [] });
    expect(rim.warnings.join()).not.toContain('vault');
    expect(rim.engine.standing()).toMatchObject({ state: 'online' });
  });

  it('is kept with what the server lost of it, and comes back into it', async () => {
    const article = slot.create('Dam report', 'The dam holds.', 'The gauge was read.');
    await sync(slot, rim);
    await newsroom.backUp();
    await sync(slot, rim);
    rewrite(rim, article, 'The dam leaks.');
    await sync(rim);
    rewrite(rim, article, 'The dam leaks a lot.');
    comment(article, 'Who read the gauge?');
    await sync(rim);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    await restoreAndClose();
    expect(rim.store.articles.serverRecords()).toEqual([]);
    expect((await only()).changes).toEqual(['2 edits', '1 comment']);
    expect(rim.warnings.join()).not.toContain('refused');
    await deskBack();
    await sync(rim);
    expect(rim.texts(article)).toEqual(['The dam holds.', 'The gauge was read.']);
    expect(await bringBack()).toEqual({ article, isNew: false });
    await sync(rim, slot);
    expect(slot.texts(article)).toEqual(['The dam leaks a lot.', 'The gauge was read.']);
    expect(slot.store.revisions.list(article)).toHaveLength(3);
    expect(slot.store.comments.list(article)).toHaveLength(1);
    expect(standing()).toEqual({ waiting: 0, parked: [] });
  });

  it('is taken away once the server has answered, and not before', async () => {
    const article = slot.create('Dam report', 'The dam holds.');
    await sync(slot, rim);
    await newsroom.backUp();
    await sync(slot, rim);
    rewrite(rim, article, 'The dam leaks.');
    await sync(rim);
    const line = await openLine(() => newsroom.url);
    await rim.away();
    await newsroom.restore();
    await change({ memberships: [] });
    line.trouble = (_, path) => (path.endsWith('/push') ? 'cut' : 'pass');
    const { dir } = rim;
    await rim.close();
    rim = await openStation({ url: line.url, login: 'rim', desk: newsroom.desk.id, dir });
    expect(rim.texts(article)).toEqual(['The dam leaks.']);
    line.trouble = () => 'pass';
    await sync(rim);
    expect(rim.store.articles.exists(article)).toBe(false);
    vault = vaultOf(rim);
    expect((await only()).changes).toEqual(['1 edit']);
    await line.close();
  });
});

describe('work brought back as a new article', () => {
  const otherDesk = async (): Promise<Id> => {
    const sports = await addDesk(newsroom.server.context, 'Sports Desk');
    await change({ memberships: [{ desk: sports.id, role: 'copy-editor' }] });
    await rim.sync();
    return sports.id;
  };

  it('loses nothing of what was begun where it is too long to be one comment', async () => {
    const begun = ['first', 'second'].map((word) => `${word} `.repeat(1300).trim());
    await keptWork((id) => {
      edits(id);
      for (const text of begun)
        rim.store.unfinished.keep(id, { thread: newId(Date.now, random), anchor: null, text });
    });
    await otherDesk();
    const { article } = await bringBack();
    expect(rim.store.unfinished.list(article)).toMatchObject([{ text: begun[0] }]);
    const { broughtBack, id } = await only();
    expect(broughtBack).toMatchObject({ article });
    expect((await vault['vault.read']({ id })).text).toContain(begun[1]);
  });

  it('has every field and its comments, on a desk of the person’s own', async () => {
    const old = await keptWork((id) => {
      edits(id);
      comment(id, 'Who read the gauge?');
    });
    const desk = await otherDesk();
    expect((await only()).way).toEqual({
      to: 'new',
      why: 'The article belongs to another desk, so this becomes a new article of your own on Sports Desk.',
    });
    const { article, isNew } = await bringBack();
    expect(isNew).toBe(true);
    expect(article).not.toBe(old);
    await rim.sync();
    await slot.sync();
    expect(standing()).toEqual({ waiting: 0, parked: [] });
    expect(slot.texts(article)).toEqual(['The dam does not hold.', 'The gauge was read.']);
    expect(slot.texts(old)).toEqual(['The dam holds.', 'The gauge was read.']);
    const { fields } = slot.store.working.read(article)!.content;
    expect(fields).toMatchObject({
      desk,
      headline: 'Dam report',
      standfirst: 'Water comes through.',
      section: 'News Room',
      byline: [{ name: 'Rim Haddad' }],
    });
    expect(slot.store.articles.serverRecord(article)?.createdBy).toBe(newsroom.rim.id);
    expect(slot.store.comments.list(article)).toMatchObject([
      { kind: 'comment', text: 'Who read the gauge?', anchor: { quote: 'dam' } },
    ]);
  });

  it('stays in the vault, marked, and does not come twice', async () => {
    await keptWork(edits);
    await otherDesk();
    const first = await bringBack();
    expect((await only()).broughtBack).toMatchObject({ article: first.article });
    expect((await bringBack()).article).toBe(first.article);
    expect((await vault['vault.read']({ id: (await only()).id })).text).toContain('does not hold');
  });

  it('is not begun when it cannot be finished: the vault has it as before', async () => {
    await keptWork(edits);
    await otherDesk();
    const { store } = rim;
    const { set } = store.values;
    const before = store.queues.list({ kind: 'archive' }, newsroom.rim.id, 0, 100).total;
    store.values.set = () => {
      throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    };
    await expect(bringBack()).rejects.toThrow('disk full');
    store.values.set = set;
    expect(store.queues.list({ kind: 'archive' }, newsroom.rim.id, 0, 100).total).toBe(before);
    expect(store.outbox.counts()).toEqual({ waiting: 0, parked: 0 });
    expect((await only()).broughtBack).toBeNull();
    await bringBack();
    expect(store.queues.list({ kind: 'archive' }, newsroom.rim.id, 0, 100).total).toBe(before + 1);
  });

  it('is what a file of the first Stet becomes, which does not name what its text grew from', async () => {
    await keptWork((id) => {
      rim.edit(id, { blocks: [paragraph('The dam does not hold.', rim.block(id, 0).$.id)] });
    });
    const { id } = await only();
    const file = join(rim.dir, 'vault', `${id}.json`);
    const {
      at: _,
      base: __,
      dirty: ___,
      ...old
    } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify(old));
    await deskBack();
    await rim.sync();
    expect((await only()).way.to).toBe('new');
    const { article } = await bringBack();
    expect(rim.texts(article)).toEqual(['The dam does not hold.', 'The gauge was read.']);
  });

  it('joins what is written in a window that still shows the article as it was before it was closed', async () => {
    let shown = 0;
    const article = await keptWork((id) => {
      rim.edit(id, { blocks: [paragraph('Unsent.', 'unsent-words')] });
      shown = rim.store.working.read(id)!.generation;
    });
    await deskBack();
    await rim.sync();
    expect(rim.store.working.read(article)!.generation).toBeGreaterThan(shown);
    slot.edit(article, { blocks: [paragraph('The chief adds this.', 'chief-words')] });
    slot.seal(article);
    await slot.sync();
    await rim.sync();
    const { merged } = rim.store.working.apply({
      article,
      generation: shown,
      blocks: [paragraph('Typed in the old window.', 'window-words')],
    });
    expect(merged).toBe(true);
    expect(rim.texts(article)).toEqual(
      expect.arrayContaining(['The chief adds this.', 'Typed in the old window.']),
    );
  });

  it('puts nothing that is typed in such a window over what a colleague wrote meanwhile', async () => {
    let shown = 0;
    const article = await keptWork((id) => {
      rim.edit(id, { fields: { headline: 'Dam report, unsent' } });
      shown = rim.store.working.read(id)!.generation;
    });
    slot.edit(article, {
      fields: { headline: 'The dam leaks' },
      blocks: [
        paragraph('The dam holds. The chief adds this.', slot.block(article, 0).$.id),
        paragraph('The gauge was read at noon.', slot.block(article, 1).$.id),
      ],
    });
    slot.seal(article);
    await slot.sync();
    await deskBack();
    await rim.sync();
    const [first, second] = [rim.block(article, 0).$.id, rim.block(article, 1).$.id];
    const typed = (edit: object) =>
      rim.store.working.apply({ article, generation: shown, ...edit });
    typed({ blocks: [paragraph('The dam holds. Typed in the old window.', first)] });
    typed({ fields: { headline: 'Typed in the old window' }, removed: [second] });
    const versions = rim.block(article, 0);
    expect(
      versions.type === 'conflict' && versions.versions.map((one) => one && blockText(one)),
    ).toEqual(
      expect.arrayContaining([
        'The dam holds. The chief adds this.',
        'The dam holds. Typed in the old window.',
      ]),
    );
    expect(rim.texts(article)[1]).toBe('The gauge was read at noon.');
    const { conflicts } = rim.store.working.read(article)!.content;
    expect(JSON.stringify(conflicts)).toContain('The dam leaks');
    expect(JSON.stringify(conflicts)).toContain('Typed in the old window');
  });
});
