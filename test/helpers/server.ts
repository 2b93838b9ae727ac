import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError, refusalsOf, ROUTES, type Route } from '#shared/api';
import type { ChangesResponse, Desk, OpAnswer, OpPayload, Person, PushResponse } from '#shared/api';
import { newId, sealRevision, type Content, type Hash, type Id } from '#shared/article';
import type { Membership, Transition, WorkflowState } from '#shared/workflow';
import { createNewsroom, hashPassword } from '../../src-server/accounts/index.ts';
import { createServer, type Server, type ServerOptions } from '../../src-server/index.ts';
import { savePerson } from '../../src-server/store/index.ts';
import { anId, content } from './articles.ts';
import { NOON } from './clock-and-random.ts';

export const PASSWORD = 'a password for tests';

/** What a request came back with. `body` is parsed JSON, or the text where it is none. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

/** A person at their device: sends operations with its numbers, as a real one would. */
export interface TestClient {
  person: Person;
  device: Id;
  token: string;
  request: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Sends one operation under the next number and gives its answer. */
  send: (payload: OpPayload) => Promise<OpAnswer>;
  changes: (cursor?: string, limit?: number) => Promise<ChangesResponse>;
  /** Stores a revision of an article; gives its hash beside the answer. */
  write: (
    article: Id,
    of: Content,
    parents?: Hash[],
    author?: Id,
  ) => Promise<OpAnswer & { hash: Hash }>;
  move: (
    article: Id,
    transition: Transition,
    expectedState: WorkflowState,
    revision: Hash,
    extra?: { reason?: string; at?: string },
  ) => Promise<OpAnswer>;
}

export interface TestNewsroom {
  server: Server;
  url: string;
  dataDir: string;
  options: ServerOptions;
  /** Moves the server's clock; it stands still otherwise. */
  clock: { now: number };
  newsDesk: Desk;
  otherDesk: Desk;
  fetch: (path: string, init?: RequestInit) => Promise<Answer>;
  /** A new person with these roles, signed in over HTTP on a new device. */
  join: (name: string, memberships: Membership[], admin?: boolean) => Promise<TestClient>;
  /** The same person on another device. */
  signInAgain: (client: TestClient) => Promise<TestClient>;
  /** Stops the server and starts it again on the same data. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // A page, not JSON: the text is what there is.
  }
  return { status: response.status, headers: response.headers, text, body };
}

/** Every refusal that a test meets has to stand in the table of routes, from which the OpenAPI document is made. */
function expectDocumented(path: string, method: string, { status, body }: Answer): void {
  const [pathname = ''] = path.split('?');
  const found = Object.values<Route>(ROUTES).find(
    (route) =>
      route.method === method &&
      new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname),
  );
  const refusal = ApiError.safeParse(body);
  if (status < 400 || !found || !refusal.success) return;
  const { code } = refusal.data.error;
  if (!(refusalsOf(found) as string[]).includes(code))
    throw new Error(`${method} ${found.path} does not document its refusal ${code}.`);
}

async function signIn(newsroom: TestNewsroom, person: Person): Promise<TestClient> {
  const device = anId();
  const claim = {
    login: person.login,
    password: PASSWORD,
    device: { id: device, name: `${person.name}’s computer` },
  };
  const answer = await newsroom.fetch('/v1/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claim),
  });
  const { token } = answer.body as { token: string };
  const request: TestClient['request'] = (method, path, body, headers = {}) =>
    newsroom.fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  let seq = 0;
  const send: TestClient['send'] = async (payload) => {
    seq += 1;
    const op = { seq, id: anId(), at: new Date(newsroom.clock.now).toISOString(), payload };
    const { body } = await request('POST', '/v1/push', { device, ops: [op] });
    const answer = (body as PushResponse).answers[0];
    if (!answer) throw new Error(JSON.stringify(body));
    return answer;
  };
  return {
    person,
    device,
    token,
    request,
    send,
    changes: async (cursor, limit = 500) => {
      const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
      return (await request('GET', `/v1/changes?${query.toString()}`)).body as ChangesResponse;
    },
    write: async (article, of, parents = [], author = person.id) => {
      const sealed = sealRevision(article, parents, of);
      const envelope = {
        author,
        device,
        at: new Date(newsroom.clock.now).toISOString(),
      };
      const answer = await send({
        kind: 'revision',
        revision: { ...sealed, article, envelope },
        base: parents[0] ?? null,
      });
      return { ...answer, hash: sealed.hash };
    },
    move: (article, transition, expectedState, revision, extra = {}) =>
      send({ kind: 'transition', article, transition, expectedState, revision, ...extra }),
  };
}

let passwordHash: Promise<string> | undefined;

/** A real server on a port of its own, with a newsroom of two desks and an admin, on a folder of its own. */
export async function startNewsroom(options: Partial<ServerOptions> = {}): Promise<TestNewsroom> {
  passwordHash ??= hashPassword(PASSWORD);
  const dataDir = await mkdtemp(join(tmpdir(), 'stet-server-'));
  const clock = { now: NOON };
  const all: ServerOptions = {
    dataDir,
    clock: () => clock.now,
    limits: { signInsPerMinute: 1000, messagesPerTenMinutes: 1000 },
    ...options,
  };
  const server = await createServer(all);
  const url = await server.listen();
  const { desks } = await createNewsroom(server.context, {
    name: 'The Valley Post',
    siteUrl: url,
    sections: ['News Room', 'World'],
    desks: ['News Desk', 'Sports Desk'],
    admin: { login: 'admin', name: 'Ada Min', password: PASSWORD },
  });
  let people = 0;
  const newsroom: TestNewsroom = {
    server,
    url,
    dataDir,
    options: all,
    clock,
    newsDesk: desks[0]!,
    otherDesk: desks[1]!,
    fetch: async (path, init) => {
      const answer = await answerOf(
        await fetch(`${newsroom.url}${path}`, { redirect: 'manual', ...init }),
      );
      expectDocumented(path, init?.method ?? 'GET', answer);
      return answer;
    },
    join: async (name, memberships, admin = false) => {
      people += 1;
      const login = `person${people}`;
      const person: Person = {
        id: anId(),
        login,
        name,
        affiliation: '',
        admin,
        memberships,
        active: true,
      };
      const hash = await passwordHash!;
      await newsroom.server.context.store.write((unit) => savePerson(unit, person, hash));
      return signIn(newsroom, person);
    },
    signInAgain: ({ person }) => signIn(newsroom, person),
    restart: async () => {
      await newsroom.server.close();
      newsroom.server = await createServer(all);
      newsroom.url = await newsroom.server.listen({ port: Number(new URL(newsroom.url).port) });
    },
    close: async () => {
      await newsroom.server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return newsroom;
}

export const editorOn = (desk: Desk): Membership[] => [{ desk: desk.id, role: 'copy-editor' }];
export const chiefOn = (desk: Desk): Membership[] => [{ desk: desk.id, role: 'desk-chief' }];

/** Content that a desk would take, owned by the desk. */
export function contentFor(desk: Desk, changes: Parameters<typeof content>[0] = {}): Content {
  return content({ ...changes, fields: { desk: desk.id, ...changes.fields } });
}

/** Takes an article from nothing to readers: written and submitted by one, approved and published by the other. */
export async function publishArticle(
  newsroom: TestNewsroom,
  editor: TestClient,
  chief: TestClient,
  of: Content = contentFor(newsroom.newsDesk),
): Promise<{ article: Id; hash: Hash; publicUrl: string; path: string }> {
  // Of the server's own chance: a CMS that outlives the test must not know the article from another run.
  const { clock, random } = newsroom.server.context;
  const article = newId(clock, random);
  const { hash } = await editor.write(article, of);
  await editor.move(article, 'submit', 'draft', hash);
  await chief.move(article, 'approve', 'in-review', hash);
  const answer = await chief.move(article, 'publish', 'approved', hash);
  const publicUrl = answer.record?.publicUrl;
  if (!publicUrl) throw new Error(`Not published: ${answer.message ?? ''}`);
  return { article, hash, publicUrl, path: new URL(publicUrl).pathname };
}
