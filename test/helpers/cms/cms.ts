import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExchangeAnswer, ExchangeRequest } from '../../../src-server/connectors/index.ts';

/** What a CMS does in place of answering: nothing at all, everything but the answer, or only an answer of its own. */
export type Fault = 'lost' | 'answer-lost' | ExchangeAnswer;

/** A post as a person at the CMS sees and changes it. */
export interface CmsPost {
  id: string;
  slug: string;
  status: string;
  title: string;
  excerpt: string;
  body: string;
  /** By their names, in the order of the CMS. */
  tags: string[];
  /** The name of the picture at its head: its address, or what the library of the CMS calls it; null for none. */
  image: string | null;
  live: boolean;
}

/** A CMS that stands in memory and behaves as the real one was measured to. */
export interface VirtualCms {
  /** Answers a request to its address; the path and query alone matter. */
  answer: (request: ExchangeRequest) => ExchangeAnswer;
  posts: () => CmsPost[];
  /** What a person does in the CMS itself. */
  edit: (
    id: string,
    change: { title?: string; excerpt?: string; body?: string; status?: string; tag?: string },
  ) => void;
  remove: (id: string) => void;
  /** Every version that ever was written over, oldest first: a CMS keeps its revisions. */
  history: (id: string) => { title: string; body: string }[];
}

export const json = (
  status: number,
  data: unknown,
  headers: Record<string, string> = {},
): ExchangeAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(data),
});

/** A CMS behind real HTTP, with a fault for chosen requests. */
export interface ServedCms {
  url: string;
  cms: VirtualCms;
  /** Every request, as `POST /wp-json/wp/v2/posts`. */
  asked: string[];
  /** Decides what happens to a request; null lets it through. */
  fault: (request: ExchangeRequest) => Fault | null;
  /** Done between taking a request and answering it. */
  before: (request: ExchangeRequest) => void;
  close: () => Promise<void>;
}

export async function serveCms(make: (url: string) => VirtualCms): Promise<ServedCms> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      );
      const request: ExchangeRequest = {
        method: incoming.method as ExchangeRequest['method'],
        url: `${served.url}${incoming.url ?? ''}`,
        headers,
        body: new Uint8Array(Buffer.concat(chunks)),
      };
      served.asked.push(`${request.method} ${incoming.url?.split('?')[0] ?? ''}`);
      const fault = served.fault(request);
      if (fault === 'lost') return void incoming.socket.destroy();
      served.before(request);
      const answer = fault === null || fault === 'answer-lost' ? served.cms.answer(request) : fault;
      if (fault === 'answer-lost') return void incoming.socket.destroy();
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.end(request.method === 'HEAD' ? undefined : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const served: ServedCms = {
    url,
    cms: make(url),
    asked: [],
    fault: () => null,
    before: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return served;
}

export function bodyText({ body = '' }: ExchangeRequest): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
