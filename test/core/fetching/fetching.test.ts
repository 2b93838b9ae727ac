import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  fetchPublic,
  isPublicAddress,
  relatedFromUrlHandler,
  type FetchOptions,
} from '../../../src-main/core/fetching/index.ts';
import { seededRandom } from '../../helpers/clock-and-random.ts';

const servers: Server[] = [];

/** A real server on this computer; gives its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    }),
  );
});

const onThisComputer = (address: string): boolean =>
  address === '127.0.0.1' || address === '::1' || isPublicAddress(address);
const options: FetchOptions = { maxBytes: 10_000, timeout: 5000, mayReach: onThisComputer };

describe('which addresses may be reached', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s may', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    'not an address',
  ])('%s may not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('fetching for the person', () => {
  it('gives content, type and the address where it was found', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync('<p>Hi'));
    });
    const fetched = await fetchPublic(`${url}/old`, options);
    expect({ ...fetched, bytes: Buffer.from(fetched.bytes).toString() }).toEqual({
      url: `${url}/new`,
      status: 200,
      contentType: 'text/html',
      bytes: '<p>Hi',
    });
  });

  it('refuses a private address, by number or by name, before anything is sent', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.end('secret');
    });
    const port = new URL(url).port;
    const open = { maxBytes: 10_000, timeout: 5000 };
    for (const host of [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
    ])
      await expect(fetchPublic(`http://${host}:${port}/`, open), host).rejects.toMatchObject({
        code: 'refused',
      });
    expect(asked).toBe(0);
  });

  it('checks every redirect anew', async () => {
    const inner = await serve((_, response) => response.end('secret'));
    const outer = await serve((_, response) =>
      response.writeHead(301, { location: inner.replace('localhost', '127.0.0.1') }).end(),
    );
    const onlyByName = {
      ...options,
      mayReach: (address: string) => address === '::1' || servers.length === 2,
    };
    expect((await fetchPublic(outer, onlyByName)).status).toBe(200);
    const hop = await serve((_, response) =>
      response.writeHead(301, { location: 'http://10.0.0.1/' }).end(),
    );
    await expect(fetchPublic(hop, options)).rejects.toMatchObject({ code: 'refused' });
    const away = await serve((_, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    await expect(fetchPublic(away, options)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('gives up on a circle of redirects', async () => {
    const url = await serve((request, response) =>
      response.writeHead(302, { location: request.url ?? '/' }).end(),
    );
    await expect(fetchPublic(url, options)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('leads on') as string,
    });
  });

  it('stops at the size limit, packed or not', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/packed')
        response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(5_000_000)));
      else response.end(Buffer.alloc(20_000));
    });
    for (const path of ['/', '/packed'])
      await expect(fetchPublic(url + path, options)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('stops at the time limit, also when the answer only trickles', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('<p>'));
    await expect(fetchPublic(url, { ...options, timeout: 200 })).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringContaining('too long') as string,
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const url = await serve((_, response) => {
      response.writeHead(200).write('<p>');
      stop.abort();
    });
    await expect(fetchPublic(url, { ...options, signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('takes http and https only', async () => {
    for (const url of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ftp://a.example/',
      'http://u:p@a.example/',
      'x',
    ])
      await expect(fetchPublic(url, options)).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('a related article from an address', () => {
  const handlers = relatedFromUrlHandler({ random: seededRandom(), mayReach: onThisComputer });
  const ask = async (url: string) => handlers['related.fromUrl']({ url });

  it('is described as the page describes itself', async () => {
    const url = await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(
          '<head><title>x</title><meta property="og:title" content="Crane Inspection &amp; Talks"><meta property="og:site_name" content="The North Coast">' +
            '<meta property="og:description" content="The port moved the survey."><meta property="article:published_time" content="2026-11-13T08:00:00Z"></head>',
        ),
    );
    expect(await ask(`${url}/crane`)).toMatchObject({
      fetched: true,
      message: '',
      related: {
        title: 'Crane Inspection & Talks',
        url: `${url}/crane`,
        postedOn: '2026-11-13',
        publication: 'The North Coast',
        teaser: 'The port moved the survey.',
      },
    });
  });

  it('keeps the bare address and says why when the page cannot be read', async () => {
    const broken = await serve((_, response) => response.writeHead(500).end('no'));
    expect(await ask(broken)).toMatchObject({
      fetched: false,
      related: { title: `${broken}/`, url: `${broken}/` },
      message: expect.stringMatching(/answered with 500\. The address is kept: type/) as string,
    });
    const image = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
    );
    expect(await ask(image)).toMatchObject({ fetched: false });
    const closed = 'http://127.0.0.1:9/';
    expect(await ask(closed)).toMatchObject({
      fetched: false,
      message: expect.stringContaining('cannot be reached now') as string,
    });
  });

  it('refuses what is no web address', async () => {
    await expect(ask('javascript:alert(1)')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(ask('just words')).rejects.toMatchObject({ code: 'bad-input' });
  });
});
