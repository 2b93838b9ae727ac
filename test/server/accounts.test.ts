import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '#shared/api';
import { changePerson, resetPassword, signIn } from '../../src-server/accounts/index.ts';
import type { ServerContext as Context } from '../../src-server/context.ts';
import { openSession } from '../../src-server/http/session.ts';
import { findDevice } from '../../src-server/store/index.ts';
import { changesAfter, createDigest, push } from '../../src-server/sync/index.ts';
import { anId } from '../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  PASSWORD,
  startNewsroom,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

describe('accounts', () => {
  let newsroom: TestNewsroom;
  let admin: TestClient;
  let editor: TestClient;
  let chief: TestClient;

  beforeAll(async () => {
    newsroom = await startNewsroom();
    admin = await newsroom.join('Admin', [], true);
    editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
    chief = await newsroom.join('Chief', chiefOn(newsroom.newsDesk));
  });
  afterAll(() => newsroom.close());

  const post = (path: string, body: unknown) =>
    newsroom.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const device = () => ({ id: anId(), name: 'A laptop' });

  it('tells who a token belongs to', async () => {
    const { body } = await editor.request('GET', '/v1/me');
    expect(body).toMatchObject({
      person: { id: editor.person.id, name: 'Editor' },
      newsroom: { name: 'The Valley Post' },
    });
  });

  it('gives the same refusal for a wrong password and for an unknown login', async () => {
    const wrong = await post('/v1/sign-in', {
      login: 'admin',
      password: 'not the password',
      device: device(),
    });
    const unknown = await post('/v1/sign-in', {
      login: 'nobody',
      password: PASSWORD,
      device: device(),
    });
    expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'wrong-password' } } });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('keeps tokens, passwords and codes only as hashes', async () => {
    const { db } = newsroom.server.context.store;
    const { body } = await admin.request('POST', '/v1/invitations', { name: 'New' });
    const { code } = body as { code: string };
    const everything = JSON.stringify([
      await db.selectFrom('devices').selectAll().execute(),
      await db.selectFrom('people').selectAll().execute(),
      await db.selectFrom('invitations').selectAll().execute(),
      await db.selectFrom('audit').selectAll().execute(),
    ]);
    for (const secret of [admin.token, editor.token, PASSWORD, code])
      expect(everything).not.toContain(secret);
    expect(everything).toContain('$argon2id$');
  });

  it('takes an invitation once, and gives the roles it names', async () => {
    const invited = await admin.request('POST', '/v1/invitations', {
      name: 'Lena Hurst',
      memberships: editorOn(newsroom.newsDesk),
    });
    const { code } = invited.body as { code: string };
    const accept = { code, login: 'Lena', password: 'ten letters', device: device() };
    expect(await post('/v1/invitations/accept', { ...accept, password: 'short' })).toMatchObject({
      status: 400,
    });
    const taken = await post('/v1/invitations/accept', { ...accept, login: 'ADMIN' });
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'login-taken' } } });
    const accepted = await post('/v1/invitations/accept', accept);
    expect(accepted).toMatchObject({
      status: 200,
      body: {
        person: {
          name: 'Lena Hurst',
          login: 'lena',
          memberships: editorOn(newsroom.newsDesk),
          admin: false,
        },
      },
    });
    expect(await post('/v1/invitations/accept', { ...accept, login: 'lena2' })).toMatchObject({
      status: 410,
      body: { error: { code: 'invitation-used' } },
    });
    expect(
      (await post('/v1/sign-in', { login: 'LENA', password: 'ten letters', device: device() }))
        .status,
    ).toBe(200);
  });

  it('keeps desks in the order in which the admin gave them, from the invitation on', async () => {
    const inOrder = [...editorOn(newsroom.otherDesk), ...editorOn(newsroom.newsDesk)];
    for (const memberships of [inOrder, [...inOrder].reverse()]) {
      const login = `ordered-${memberships[0]!.desk.slice(-6)}`;
      const invited = await admin.request('POST', '/v1/invitations', { name: 'Lena', memberships });
      const { code } = invited.body as { code: string };
      const accept = { code, login, password: PASSWORD, device: device() };
      const { body } = await post('/v1/invitations/accept', accept);
      expect(body).toMatchObject({ person: { memberships } });
      const { id } = (body as { person: { id: string } }).person;
      const turned = [...memberships].reverse();
      expect(
        await admin.request('PATCH', `/v1/people/${id}`, { memberships: turned }),
      ).toMatchObject({ body: { memberships: turned } });
      expect(
        (await post('/v1/sign-in', { login, password: PASSWORD, device: device() })).body,
      ).toMatchObject({ person: { memberships: turned } });
    }
  });

  it('refuses an invitation after its time', async () => {
    const { body } = await admin.request('POST', '/v1/invitations', { name: 'Late' });
    const { code, expiresAt } = body as { code: string; expiresAt: string };
    const now = newsroom.clock.now;
    newsroom.clock.now = Date.parse(expiresAt);
    const late = await post('/v1/invitations/accept', {
      code,
      login: 'late',
      password: PASSWORD,
      device: device(),
    });
    newsroom.clock.now = now;
    expect(late).toMatchObject({ status: 410, body: { error: { code: 'invitation-expired' } } });
  });

  it('revokes a device, which then can do nothing, and only one’s own', async () => {
    const other = await newsroom.join('Twice', editorOn(newsroom.newsDesk));
    expect((await editor.request('DELETE', `/v1/devices/${other.device}`)).status).toBe(404);
    const { body } = await other.request('GET', '/v1/devices');
    expect(body).toMatchObject({ devices: [{ id: other.device, current: true }] });
    expect((await other.request('DELETE', `/v1/devices/${other.device}`)).status).toBe(204);
    for (const path of ['/v1/me', '/v1/changes', '/v1/events'])
      expect(await other.request('GET', path)).toMatchObject({
        status: 401,
        body: { error: { code: 'signed-out' } },
      });
  });

  it('does not let a device change hands', async () => {
    const { body, status } = await post('/v1/sign-in', {
      login: 'admin',
      password: PASSWORD,
      device: { id: editor.device, name: 'Mine now' },
    });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { error: { code: 'device-taken' } },
    });
    expect((await editor.request('GET', '/v1/me')).status).toBe(200);
  });

  it('notes when a device was seen last, of that one alone', async () => {
    const seen = await newsroom.join('Seen', editorOn(newsroom.newsDesk));
    const { context } = newsroom.server;
    const { db } = context.store;
    const before = await findDevice(db, editor.device);
    const request = { headers: { authorization: `Bearer ${seen.token}` } };
    const now = Date.parse('2040-01-01T12:00:00Z');
    await openSession(
      { ...context, clock: () => now },
      request as Parameters<typeof openSession>[1],
    );
    expect((await findDevice(db, seen.device))?.last_seen_at).toBe(new Date(now).toISOString());
    expect(await findDevice(db, editor.device)).toEqual(before);
  });

  it('signs a deactivated person out at once', async () => {
    const leaver = await newsroom.join('Leaver', editorOn(newsroom.newsDesk));
    expect(
      (await admin.request('PATCH', `/v1/people/${leaver.person.id}`, { active: false })).status,
    ).toBe(200);
    expect((await leaver.request('GET', '/v1/me')).status).toBe(401);
    const again = { login: leaver.person.login, password: PASSWORD, device: device() };
    expect((await post('/v1/sign-in', again)).status).toBe(401);
  });

  it.each([
    [
      'was given another password',
      (context: Context, { login }: Person) =>
        resetPassword(context, login ?? '', 'another of ten'),
    ],
    [
      'was deactivated',
      (context: Context, { id }: Person) => changePerson(context, null, id, { active: false }),
    ],
  ])('lets nobody in who %s while their password was checked', async (_, meanwhile) => {
    const { person, device: own } = await newsroom.join('Slow', editorOn(newsroom.newsDesk));
    const { context } = newsroom.server;
    const claim = device();
    const { store } = context;
    const write: typeof store.write = async (work) => {
      await meanwhile(context, person);
      return store.write(work);
    };
    await expect(
      signIn(
        { ...context, store: { ...store, write } },
        { login: person.login ?? '', password: PASSWORD, device: claim },
      ),
    ).rejects.toMatchObject({ code: 'wrong-password' });
    expect(await findDevice(store.db, claim.id)).toBeNull();
    expect(await findDevice(store.db, own)).toMatchObject({ token_hash: null });
  });

  it('answers nothing to a token that was revoked after its request came', async () => {
    const leaver = await newsroom.join('Late leaver', editorOn(newsroom.newsDesk));
    const { context } = newsroom.server;
    const request = { headers: { authorization: `Bearer ${leaver.token}` } };
    const session = await openSession(context, request as Parameters<typeof openSession>[1]);
    await admin.request('PATCH', `/v1/people/${leaver.person.id}`, { memberships: [] });
    expect(await changesAfter(context.store, session.inside, { limit: 1 })).toMatchObject({
      readsEverything: false,
    });
    await leaver.request('DELETE', `/v1/devices/${leaver.device}`);
    const signedOut = { code: 'signed-out' };
    const digest = createDigest(context.store);
    const op = {
      seq: 1,
      id: anId(),
      at: '2026-11-14T12:00:00Z',
      payload: { kind: 'bin', article: anId(), binned: true },
    } as const;
    for (const asked of [
      changesAfter(context.store, session.inside, { limit: 1 }),
      digest.all(session.inside),
      digest.sector(session.inside, 1),
      digest.article(session.inside, anId()),
      push(context, session.inside, { device: leaver.device, ops: [op] }),
    ])
      await expect(asked).rejects.toMatchObject(signedOut);
  });

  it('gives a person a new password, and signs out every device but the one it was changed on', async () => {
    const mine = await newsroom.join('Careful', editorOn(newsroom.newsDesk));
    const { login } = mine.person;
    const signIn = (password: string) => post('/v1/sign-in', { login, password, device: device() });
    const { token } = (await signIn(PASSWORD)).body as { token: string };
    const other = () => newsroom.fetch('/v1/me', { headers: { authorization: `Bearer ${token}` } });
    const change = (current: string, password: string) =>
      mine.request('PUT', '/v1/me/password', { current, password });

    expect(await change('not the password', 'another of ten')).toMatchObject({
      status: 403,
      body: { error: { code: 'not-the-password' } },
    });
    expect(await change(PASSWORD, 'short')).toMatchObject({ status: 400 });
    expect((await other()).status).toBe(200);
    expect(await change(PASSWORD, 'another of ten')).toMatchObject({
      status: 200,
      body: { devices: 1 },
    });
    expect((await other()).status).toBe(401);
    expect((await mine.request('GET', '/v1/me')).status).toBe(200);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn('another of ten')).status).toBe(200);
    expect((await editor.request('GET', '/v1/me')).status).toBe(200);
    const { entries } = (await admin.request('GET', '/v1/audit')).body as {
      entries: { action: string; actor: string; detail: object }[];
    };
    expect(entries.find(({ action }) => action === 'person.change-password')).toMatchObject({
      actor: mine.person.id,
      detail: { devices: 1 },
    });
    expect(JSON.stringify(entries)).not.toContain('another of ten');
  });

  it('lets one of two changes of a password at the same moment through', async () => {
    const mine = await newsroom.join('Twice', editorOn(newsroom.newsDesk));
    const answers = await Promise.all(
      ['the first of two', 'the second of two'].map((password) =>
        mine.request('PUT', '/v1/me/password', { current: PASSWORD, password }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('changes no password for a device that is signed out, or for nobody', async () => {
    const mine = await newsroom.join('Signed out', editorOn(newsroom.newsDesk));
    await mine.request('DELETE', `/v1/devices/${mine.device}`);
    const body = { current: PASSWORD, password: 'another of ten' };
    expect((await mine.request('PUT', '/v1/me/password', body)).status).toBe(401);
  });

  it('judges an operation by the roles of the moment it is received', async () => {
    const mover = await newsroom.join('Mover', editorOn(newsroom.newsDesk));
    const article = anId();
    const { hash } = await editor.write(article, contentFor(newsroom.newsDesk));
    await admin.request('PATCH', `/v1/people/${mover.person.id}`, {
      memberships: editorOn(newsroom.otherDesk),
    });
    expect(
      await mover.write(article, contentFor(newsroom.newsDesk, { body: ['Too late.'] }), [hash]),
    ).toMatchObject({
      code: 'forbidden',
    });
  });

  it('keeps one admin at least', async () => {
    const lonely = await startNewsroom();
    try {
      const only = await lonely.join('Only', [], true);
      const people = (await only.changes()).changes.flatMap((change) =>
        change.kind === 'person' ? [change.data] : [],
      );
      const first = people.find(({ login }) => login === 'admin')!;
      expect(
        (await only.request('PATCH', `/v1/people/${first.id}`, { active: false })).status,
      ).toBe(200);
      expect(
        await only.request('PATCH', `/v1/people/${only.person.id}`, { admin: false }),
      ).toMatchObject({
        status: 422,
        body: { error: { code: 'last-admin' } },
      });
    } finally {
      await lonely.close();
    }
  });

  it('slows down whoever tries many passwords', async () => {
    const strict = await startNewsroom({ limits: { signInsPerMinute: 3 } });
    try {
      const attempt = (login: string) =>
        strict.fetch('/v1/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login, password: 'guess guess', device: device() }),
        });
      for (let tries = 0; tries < 3; tries += 1) expect((await attempt('admin')).status).toBe(401);
      const slowed = await attempt('Admin');
      expect(slowed).toMatchObject({ status: 429, body: { error: { code: 'too-many' } } });
      expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await attempt('someone-else')).status).toBe(401);
      // One password tried on many logins: by now this address has had 5 of its 30 tries.
      const others = Array.from({ length: 25 }, (_, number) => `login${number}`);
      const answers = [];
      for (const login of others) answers.push((await attempt(login)).status);
      expect(new Set(answers)).toEqual(new Set([401]));
      const slowedAll = await attempt('one-more');
      expect(slowedAll).toMatchObject({ status: 429, body: { error: { code: 'too-many' } } });
      expect(Number(slowedAll.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await strict.close();
    }
  });

  it('slows down whoever guesses the password of a laptop that was left open', async () => {
    const strict = await startNewsroom({ limits: { signInsPerMinute: 3 } });
    try {
      const owner = await strict.join('Owner', editorOn(strict.newsDesk));
      const other = await strict.join('Other', editorOn(strict.newsDesk));
      const guess = (who: typeof owner) =>
        who.request('PUT', '/v1/me/password', { current: 'a guess', password: 'another of ten' });
      for (let tries = 0; tries < 3; tries += 1) expect((await guess(owner)).status).toBe(403);
      expect(await guess(owner)).toMatchObject({
        status: 429,
        body: { error: { code: 'too-many' } },
      });
      expect((await guess(other)).status).toBe(403);
    } finally {
      await strict.close();
    }
  });

  describe('what only some may do', () => {
    const walk = [
      ['invite a person', 'POST', () => '/v1/invitations', () => ({ name: 'X' }), ['admin']],
      [
        'change a person',
        'PATCH',
        () => `/v1/people/${editor.person.id}`,
        () => ({ affiliation: 'X' }),
        ['admin'],
      ],
      [
        'change the newsroom',
        'PATCH',
        () => '/v1/newsroom',
        () => ({ donationsUrl: '' }),
        ['admin'],
      ],
      [
        'create a desk',
        'PUT',
        () => `/v1/desks/${anId()}`,
        () => ({ name: 'New', profile: {} }),
        ['admin'],
      ],
      [
        'configure the desk',
        'PUT',
        () => `/v1/desks/${newsroom.newsDesk.id}`,
        () => ({ name: 'News Desk', profile: {} }),
        ['admin', 'chief'],
      ],
      [
        'configure another desk',
        'PUT',
        () => `/v1/desks/${newsroom.otherDesk.id}`,
        () => ({ name: 'Sports Desk', profile: {} }),
        ['admin'],
      ],
      ['read the audit log', 'GET', () => '/v1/audit', () => undefined, ['admin']],
      [
        'list their devices',
        'GET',
        () => '/v1/devices',
        () => undefined,
        ['admin', 'chief', 'editor'],
      ],
    ] as const;
    for (const [what, method, path, body, allowed] of walk)
      for (const role of ['admin', 'chief', 'editor'] as const) {
        const may = (allowed as readonly string[]).includes(role);
        it(`${may ? 'lets' : 'does not let'} the ${role} ${what}`, async () => {
          const client = { admin, chief, editor }[role];
          const { status, body: answer } = await client.request(method, path(), body());
          if (may) expect(status).toBe(200);
          else
            expect({ status, answer }).toMatchObject({
              status: 403,
              answer: { error: { code: 'forbidden' } },
            });
        });
      }
  });

  it('refuses site settings under which the site could not work', async () => {
    const patch = (change: object) => admin.request('PATCH', '/v1/newsroom', change);
    expect((await patch({ sections: [{ name: 'Version one', slug: 'v1' }] })).status).toBe(422);
    expect(
      (
        await patch({
          sections: [
            { name: 'A', slug: 'a' },
            { name: 'B', slug: 'a' },
          ],
        })
      ).status,
    ).toBe(422);
    expect((await patch({ sections: [{ name: 'Odd', slug: '../x' }] })).status).toBe(422);
    expect((await patch({ timeZone: 'Mars/Olympus' })).status).toBe(400);
    expect((await patch({ siteUrl: 'javascript:alert(1)' })).status).toBe(400);
    expect((await patch({ siteUrl: 'https://example.org/news' })).status).toBe(400);
    expect((await patch({ siteUrl: 'https://me:secret@example.org' })).status).toBe(400);
    expect((await patch({ language: 'not a language' })).status).toBe(400);
    expect((await patch({ name: ' ' })).status).toBe(400);
  });
});
