import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { parseSitemap } from 'sitemap';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex, type Content } from '#shared/article';
import { drawPng } from '../../src-server/png.ts';
import { anId, paragraph, quote, subhead } from '../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  publishArticle,
  startNewsroom,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

/** Every element of a page as a browser would build it. */
function elementsOf(html: string): DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function attribute(element: DefaultTreeAdapterTypes.Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

describe('the public site', () => {
  let newsroom: TestNewsroom;
  let editor: TestClient;
  let chief: TestClient;

  beforeAll(async () => {
    newsroom = await startNewsroom();
    editor = await newsroom.join('Jonah Okafor', editorOn(newsroom.newsDesk));
    chief = await newsroom.join('M. Haidari', chiefOn(newsroom.newsDesk));
  });
  afterAll(() => newsroom.close());

  async function upload(client: TestClient, shade: number): Promise<string> {
    const bytes = drawPng(8, 8, () => [shade, shade, shade]);
    const hash = sha256Hex(bytes);
    const response = await fetch(`${newsroom.url}/v1/assets/${hash}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'image/png' },
      body: new Uint8Array(bytes),
    });
    expect(response.status).toBe(204);
    return hash;
  }

  it('shows every part of a published article', async () => {
    const earlier = await publishArticle(
      newsroom,
      editor,
      chief,
      contentFor(newsroom.newsDesk, { fields: { headline: 'Levee inspection was put off twice' } }),
    );
    const asset = await upload(editor, 90);
    const content = contentFor(newsroom.newsDesk, {
      body: [
        paragraph('The river crested early Saturday.'),
        subhead('Waiting on the levee'),
        quote('“We are past the worst of it.”'),
      ],
      fields: {
        headline: 'Rivers crest below record',
        standfirst: 'Three towns stay evacuated overnight.',
        byline: [
          { id: 'by-0001', name: 'Jonah Okafor' },
          { id: 'by-0002', name: 'News Desk', desk: newsroom.newsDesk.id },
        ],
        contributors: [
          {
            id: 'co-0001',
            name: 'Rana Saleh',
            affiliation: 'Valley Radio',
            role: '',
            kind: 'person',
          },
          {
            id: 'co-0002',
            name: 'Tomás Brandt',
            affiliation: 'Valley Radio',
            role: '',
            kind: 'person',
          },
        ],
        leadImage: {
          asset,
          mime: 'image/png',
          width: 8,
          height: 8,
          caption: 'The river.',
          credit: 'A. Photographer',
          alt: 'A grey river',
        },
        related: [
          {
            id: 're-0001',
            title: 'Levee inspection was put off twice',
            url: '',
            postedOn: '2026-11-13',
            publication: 'The Valley Courier',
            desk: 'News Desk',
            teaser: 'The district moved the survey to spring.',
            article: earlier.article,
          },
          {
            id: 're-0002',
            title: 'From elsewhere',
            url: 'https://example.org/a?b=1&c=2',
            postedOn: '',
            publication: '',
            desk: '',
            teaser: '',
          },
        ],
      },
    });
    const { path, article, hash } = await publishArticle(newsroom, editor, chief, content);
    const { text, headers } = await newsroom.fetch(path);
    for (const part of [
      '>News Room</a>',
      '<h1>Rivers crest below record</h1>',
      'Three towns stay evacuated overnight.',
      'By Jonah Okafor and News Desk',
      'Saturday, November 14, 2026, 12:00',
      '<h2>Waiting on the levee</h2>',
      '<blockquote>',
      'Valley Radio’s Rana Saleh and Tomás Brandt contributed to this report.',
      'Posted on: Friday, November 13, 2026 | By: The Valley Courier – News Desk',
      'The district moved the survey to spring.',
      'The river.',
      'A. Photographer',
      'alt="A grey river"',
      'Story submissions',
      'This site sets no cookies',
    ])
      expect(text).toContain(part);
    const links = elementsOf(text).map((element) => attribute(element, 'href'));
    expect(links).toContain(earlier.path);
    expect(links).toContain('https://example.org/a?b=1&c=2');
    expect(headers.get('set-cookie')).toBeNull();
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)![1]!;
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Rivers crest below record',
      datePublished: '2026-11-14T12:00:00.000Z',
      url: `${newsroom.url}${path}`,
      mainEntityOfPage: { '@id': `${newsroom.url}${path}` },
      image: [{ '@type': 'ImageObject', url: `${newsroom.url}/-/images/${asset}` }],
      publisher: { logo: { '@type': 'ImageObject', url: `${newsroom.url}/-/icon.png` } },
    });
    expect(links).toContain(`${newsroom.url}${path}`);
    expect((await newsroom.fetch(`/-/images/${asset}`)).headers.get('content-type')).toBe(
      'image/png',
    );

    newsroom.clock.now += 2 * 3_600_000 + 5 * 60_000;
    const updated = structuredClone(content);
    updated.fields.corrections = [
      { id: 'corr-0001', note: 'It was 40 centimetres.', at: '2026-11-14T14:00:00Z' },
    ];
    const next = await editor.write(article, updated, [hash]);
    await chief.move(article, 'approve', 'published', next.hash);
    await chief.move(article, 'correct', 'approved', next.hash);
    const corrected = (await newsroom.fetch(path)).text;
    expect(corrected).toContain('Saturday, November 14, 2026, 12:00 · Updated 14:05');
    expect(corrected).toContain('It was 40 centimetres.');
  });

  it('hides a picture until its article is published, and again once it is withdrawn', async () => {
    const asset = await upload(editor, 17);
    const image = {
      asset,
      mime: 'image/png' as const,
      width: 8,
      height: 8,
      caption: '',
      credit: '',
      alt: '',
    };
    expect((await newsroom.fetch(`/-/images/${asset}`)).status).toBe(404);
    const content = contentFor(newsroom.newsDesk, { fields: { leadImage: image } });
    const { article, hash } = await publishArticle(newsroom, editor, chief, content);
    expect((await newsroom.fetch(`/-/images/${asset}`)).status).toBe(200);
    await chief.move(article, 'withdraw', 'published', hash, { reason: 'Rights.' });
    expect((await newsroom.fetch(`/-/images/${asset}`)).status).toBe(404);
  });

  it('shows a script in any field as the letters it is made of', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&lt;]]>]]>`;
    const content: Content = contentFor(newsroom.newsDesk, {
      body: [paragraph(evil), subhead(evil), quote(evil)],
      fields: {
        section: evil.slice(0, 90),
        headline: evil,
        shortHeadline: evil,
        standfirst: evil,
        teaser: evil,
        dateline: evil,
        source: evil,
        byline: [{ id: 'by-0001', name: evil }],
        contributors: [
          { id: 'co-0001', name: evil, affiliation: evil, role: evil, kind: 'person' },
        ],
        related: [
          {
            id: 're-0001',
            title: evil,
            url: '',
            postedOn: '',
            publication: evil,
            desk: evil,
            teaser: evil,
          },
        ],
        corrections: [{ id: 'corr-0001', note: evil, at: '2026-11-14T12:00:00Z' }],
        keywords: [evil],
        language: '"><script>',
      },
    });
    const { path } = await publishArticle(newsroom, editor, chief, content);
    const section = path.split('/')[1]!;
    for (const page of [path, '/', `/${section}`]) {
      const { status, text } = await newsroom.fetch(page);
      expect(status).toBe(200);
      const elements = elementsOf(text);
      const scripts = elements.filter(({ tagName }) => tagName === 'script');
      expect(scripts.every((script) => attribute(script, 'type') === 'application/ld+json')).toBe(
        true,
      );
      expect(
        elements
          .flatMap(({ attrs }) => attrs.map(({ name }) => name))
          .filter((name) => name.startsWith('on')),
      ).toEqual([]);
      expect(elements.filter((element) => attribute(element, 'src') === 'x')).toEqual([]);
    }
    for (const feed of ['/feed.xml', '/atom.xml']) {
      const { text } = await newsroom.fetch(feed);
      const outsideCdata = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
      expect(outsideCdata).not.toContain('<script');
      expect(outsideCdata).not.toContain('alert(1)</');
      expect(text).toContain('alert(1)');
    }
  });

  it('sends a policy under which no script would run', async () => {
    const { headers } = await newsroom.fetch('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('prints right-to-left articles from right to left', async () => {
    const content = contentFor(newsroom.newsDesk, {
      body: ['انخفض منسوب النهر صباح السبت.'],
      fields: { headline: 'منسوب النهر ينخفض', language: 'ar', direction: 'rtl' },
    });
    const { path } = await publishArticle(newsroom, editor, chief, content);
    const { text, status } = await newsroom.fetch(path);
    expect(status).toBe(200);
    expect(text).toContain('<article lang="ar" dir="rtl">');
    expect(decodeURI(path)).toBe('/news-room/2026/منسوب-النهر-ينخفض');
  });

  it('pages through a section, newest first', async () => {
    for (let number = 1; number <= 21; number += 1) {
      newsroom.clock.now += 60_000;
      const fields = { headline: `World article ${number}`, section: 'World' };
      await publishArticle(newsroom, editor, chief, contentFor(newsroom.newsDesk, { fields }));
    }
    const first = (await newsroom.fetch('/world')).text;
    expect(first.indexOf('World article 21')).toBeLessThan(first.indexOf('World article 20'));
    expect(first).not.toContain('>World article 1<');
    const hrefs = elementsOf(first).map((element) => attribute(element, 'href'));
    expect(hrefs).toContain('/world?page=2');
    const second = (await newsroom.fetch('/world?page=2')).text;
    expect(second).toContain('>World article 1<');
    for (const page of ['/world?page=3', '/world?page=0', '/world?page=x', '/no-such-section'])
      expect((await newsroom.fetch(page)).status).toBe(404);
  });

  it('offers feeds and a sitemap that parse', async () => {
    const sitemap = await parseSitemap(
      Readable.from([(await newsroom.fetch('/sitemap.xml')).text]),
    );
    expect(sitemap.map(({ url }) => url)).toContain(`${newsroom.url}/world`);
    expect(sitemap.length).toBeGreaterThan(20);
    const count = Math.min(30, sitemap.filter(({ url }) => url.includes('/2026/')).length);
    const rss = await newsroom.fetch('/feed.xml');
    expect(rss.headers.get('content-type')).toContain('application/rss+xml');
    expect(rss.text.match(/<item>/g)).toHaveLength(count);
    expect(rss.text.match(/<\/item>/g)).toHaveLength(count);
    const atom = await newsroom.fetch('/atom.xml');
    expect(atom.text.match(/<entry>/g)).toHaveLength(count);
    expect((await newsroom.fetch('/robots.txt')).text).toContain(
      `Sitemap: ${newsroom.url}/sitemap.xml`,
    );
  });

  it('answers 304 to a reader who has the page, and never for a withdrawn one', async () => {
    const { article, hash, path } = await publishArticle(newsroom, editor, chief);
    const etag = (await newsroom.fetch(path)).headers.get('etag')!;
    expect((await newsroom.fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await chief.move(article, 'withdraw', 'published', hash, { reason: 'Wrong.' });
    const gone = await newsroom.fetch(path, { headers: { 'if-none-match': etag } });
    expect(gone.status).toBe(410);
    const goneTag = gone.headers.get('etag')!;
    expect((await newsroom.fetch(path, { headers: { 'if-none-match': goneTag } })).status).toBe(
      410,
    );
    expect((await newsroom.fetch(path, { method: 'HEAD' })).status).toBe(410);
  });

  it('serves style sheet, typefaces and icon from itself', async () => {
    const css = await newsroom.fetch('/-/site.css');
    const fonts = [...css.text.matchAll(/url\('([^']+)'\)/g)].map(([, url]) => url!);
    expect(fonts.length).toBeGreaterThan(3);
    for (const font of fonts)
      expect((await newsroom.fetch(font)).headers.get('content-type')).toBe('font/woff2');
    expect((await newsroom.fetch('/-/icon.png')).status).toBe(200);
    expect((await newsroom.fetch('/-/fonts/..%2f..%2fpackage.json')).status).toBe(404);
  });

  describe('the form for readers', () => {
    const send = (
      kind: string,
      fields: Record<string, string>,
      headers: Record<string, string> = { origin: newsroom.url },
    ) =>
      newsroom.fetch(`/write/${kind}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    const inboxOf = async (client: TestClient) =>
      (await client.changes()).changes.flatMap((change) =>
        change.kind === 'inbox' ? [change.data] : [],
      );

    it('brings a message to the inbox of the article’s desk, and to no other', async () => {
      const other = await newsroom.join('Elsewhere', chiefOn(newsroom.otherDesk));
      const { article, path } = await publishArticle(newsroom, editor, chief);
      const { text } = await newsroom.fetch(path);
      const links = elementsOf(text).map((element) => attribute(element, 'href'));
      expect(links).toContain(`/write/comment?about=${encodeURIComponent(path)}`);
      const sent = await send('comment', {
        name: 'A reader',
        email: 'reader@example.org',
        subject: 'Thanks',
        text: 'Well put.',
        about: path,
      });
      expect(sent).toMatchObject({ status: 303 });
      expect(sent.headers.get('location')).toBe('/write/thanks');
      expect((await newsroom.fetch('/write/thanks')).text).toContain(
        'Your message has reached the desk.',
      );
      const [message] = await inboxOf(editor);
      expect(message).toMatchObject({
        kind: 'comment',
        desk: newsroom.newsDesk.id,
        article,
        text: 'Well put.',
        handledBy: null,
      });
      expect(await inboxOf(other)).toEqual([]);
      expect(
        await other.send({ kind: 'inbox-handled', message: message!.id, handled: true }),
      ).toMatchObject({ outcome: 'refused' });
      expect(
        await editor.send({ kind: 'inbox-handled', message: message!.id, handled: true }),
      ).toMatchObject({ outcome: 'accepted' });
      expect((await inboxOf(chief))[0]).toMatchObject({ handledBy: editor.person.id });
    });

    it('keeps what was typed when something is missing', async () => {
      const again = await send('story', {
        name: 'A <b>reader</b>',
        email: 'not an address',
        text: 'My story',
      });
      expect(again.status).toBe(422);
      expect(again.text).toContain('This e-mail address looks incomplete.');
      expect(again.text).toContain('My story</textarea>');
      expect(again.text).not.toContain('<b>reader');
      expect((await send('story', { text: '   ' })).text).toContain('Write something first.');
    });

    it('takes nothing from another site, and lets programs walk into the trap', async () => {
      const before = (await inboxOf(editor)).length;
      for (const headers of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site', origin: newsroom.url },
        {},
        { origin: 'null' },
      ])
        expect(
          (await send('comment', { text: 'Hello' }, headers as Record<string, string>)).status,
        ).toBe(403);
      expect((await send('comment', { text: 'Buy', website: 'http://spam.example' })).status).toBe(
        303,
      );
      expect(await inboxOf(editor)).toHaveLength(before);
    });

    it('shows old messages to someone who joins the desk later', async () => {
      const admin = await newsroom.join('Admin', [], true);
      const joiner = await newsroom.join('Joiner', editorOn(newsroom.otherDesk));
      const { cursor } = await joiner.changes();
      await admin.request('PATCH', `/v1/people/${joiner.person.id}`, {
        memberships: editorOn(newsroom.newsDesk),
      });
      const { changes } = await joiner.changes(cursor);
      expect(changes.some(({ kind }) => kind === 'inbox')).toBe(true);
    });

    it('slows down floods', async () => {
      const strict = await startNewsroom({ limits: { messagesPerTenMinutes: 2 } });
      try {
        const post = () =>
          strict.fetch('/write/comment', {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded', origin: strict.url },
            body: 'text=Hello',
          });
        expect([(await post()).status, (await post()).status]).toEqual([303, 303]);
        const slowed = await post();
        expect(slowed.status).toBe(429);
        expect(slowed.headers.get('content-type')).toContain('text/html');
      } finally {
        await strict.close();
      }
    });
  });

  it('says in HTML that a page is not there, and in JSON that a route is not', async () => {
    const page = await newsroom.fetch('/nothing/2026/here');
    expect(page.status).toBe(404);
    expect(page.text).toContain('There is nothing here');
    const route = await newsroom.fetch('/v1/nothing');
    expect(route).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
    for (const odd of ['/%zz', '/v1/%zz', `/${'a'.repeat(20_000)}`]) {
      const { status, text } = await newsroom.fetch(odd);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/node_modules|at .*\.ts:\d/);
    }
  });

  it('answers before the first article too', async () => {
    const empty = await startNewsroom();
    try {
      expect((await empty.fetch('/')).text).toContain('Nothing has been published yet.');
      expect((await empty.fetch('/world')).status).toBe(200);
      expect((await empty.fetch('/feed.xml')).status).toBe(200);
      expect((await empty.fetch(`/write/${anId()}`)).status).toBe(404);
    } finally {
      await empty.close();
    }
  });
});
