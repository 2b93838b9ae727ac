import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RemoteVersion, type RemoteWords } from '#shared/api';
import { newLocalId } from '#shared/article';
import { withTheirEdit } from '../../../src-main/core/cms/their-edit.ts';
import { readPassages } from '../../../src-main/core/import/index.ts';
import { drawPng } from '../../../src-server/png.ts';
import { markOf, type Connector, type Post } from '../../../src-server/connectors/connector.ts';
import {
  ConnectorError,
  httpExchange,
  openConnector,
  type RemotePost,
} from '../../../src-server/connectors/index.ts';
import { anId } from '../../helpers/articles.ts';
import { contentFor } from '../../helpers/server.ts';
import {
  leadImageOf,
  openHouse,
  RICH,
  type CmsAccess,
  type PublishingHouse,
} from './publishing-house.ts';

/**
 * The same against a real WordPress and a real Ghost, told by the environment: STET_WORDPRESS is JSON with `url` and
 * `users` (login, role, applicationPassword), STET_GHOST JSON with `url` and `adminApiKey`.
 */
const WordPress = z.object({
  url: z.string(),
  users: z.array(
    z.object({ login: z.string(), role: z.string(), applicationPassword: z.string() }),
  ),
});
const Ghost = z.object({ url: z.string(), adminApiKey: z.string() });

function accesses(): { name: string; access: CmsAccess | null }[] {
  const { STET_WORDPRESS, STET_GHOST } = process.env;
  const wordpress = STET_WORDPRESS ? WordPress.parse(JSON.parse(STET_WORDPRESS)) : null;
  const ghost = STET_GHOST ? Ghost.parse(JSON.parse(STET_GHOST)) : null;
  const as = (role: string): CmsAccess | null => {
    const user = wordpress?.users.find((one) => one.role === role);
    if (!wordpress || !user) return null;
    const { login, applicationPassword } = user;
    return { kind: 'wordpress', url: wordpress.url, account: login, secret: applicationPassword };
  };
  return [
    { name: 'WordPress, as an editor', access: as('editor') },
    { name: 'WordPress, as an author', access: as('author') },
    {
      name: 'Ghost',
      access: ghost && { kind: 'ghost', url: ghost.url, account: '', secret: ghost.adminApiKey },
    },
  ];
}

/** What a person's own change says of itself: nothing beside its words. */
const A_POST: Post = {
  article: anId(),
  slug: '',
  headline: '',
  standfirst: '',
  section: '',
  tags: [],
  language: 'en',
  direction: 'ltr',
  byline: '',
  dateline: '',
  body: [],
  creditLine: '',
  ending: '',
  leadImage: null,
  assetUrl: () => '',
  assetBytes: () => Promise.reject(new Error('There is no picture.')),
};

describe.each(accesses())('a real $name', ({ name, access }) => {
  const variable = name === 'Ghost' ? 'STET_GHOST' : 'STET_WORDPRESS';
  if (!access) {
    it('takes what Stet sends it', ({ skip }) => skip(`${variable} names none`));
    return;
  }
  let house: PublishingHouse;
  let connector: Connector;
  beforeEach(async () => {
    house = await openHouse(access, { clock: Date.now });
    const { url: address, ...rest } = access;
    connector = openConnector(
      { address, ...rest },
      httpExchange(new AbortController().signal),
      Date.now,
    );
  });
  afterEach(() => house.close());

  const standingIn = async (article: string): Promise<RemotePost[]> =>
    (await connector.find(article)).filter(({ live }) => live);

  it('takes an article, its update and its withdrawal, and shows each to readers as it was sent', async () => {
    const first = await house.publish({
      ...RICH,
      fields: {
        ...RICH.fields,
        section: `Section ${Date.now()}`,
        urlSlug: `stet-test-${Date.now()}`,
      },
    });
    await house.deliver();
    const { standing, problem, url } = await house.standing(first.article);
    expect({ standing, problem }).toEqual({ standing: 'done', problem: '' });
    const page = await (await fetch(url!)).text();
    for (const words of [
      'The river rose',
      'Fern Robinson',
      'Upper Valley',
      'Last year',
      'The end.',
    ])
      expect(page).toContain(words);
    const [post] = await standingIn(first.article);
    expect(post?.slug).not.toContain(markOf(first.article));

    await house.update(first, { fields: { headline: 'Another & better' }, body: ['Dry again.'] });
    await house.deliver();
    expect((await house.standing(first.article)).problem).toBe('');
    const updated = await standingIn(first.article);
    expect(updated.map(({ id }) => id)).toEqual([post?.id]);
    expect(updated[0]?.body).toContain('Dry again.');

    const { hash } = await house
      .standing(first.article)
      .then(({ delivered }) => ({ hash: delivered! }));
    await house.withdraw({ ...first, hash });
    await house.deliver();
    expect(await standingIn(first.article)).toEqual([]);
    expect((await fetch(url!, { redirect: 'manual' })).status).not.toBe(200);
  }, 60_000);

  /** The names of its tags, as readers are shown them. */
  const tagsOf = async ({ id, terms }: RemotePost): Promise<string[]> => {
    if (access.kind === 'ghost') return terms.tags ?? [];
    const answer = await fetch(`${access.url}/?rest_route=/wp/v2/tags&post=${id}`);
    return z
      .array(z.object({ name: z.string() }))
      .parse(await answer.json())
      .map(({ name }) => name);
  };

  it('shows a keyword, and no longer another, though the request with nothing else was lost', async () => {
    const run = Date.now();
    const [kept, former, added] = [`Kept ${run}`, `Former ${run}`, `Added ${run}`];
    const first = await house.publish({ fields: { keywords: [kept, former] } });
    await house.deliver();
    let lost = 0;
    const exchange: typeof house.context.exchange = (request) => {
      if (
        request.method === 'GET' ||
        request.method === 'HEAD' ||
        /tags|categories/.test(request.url)
      )
        return house.context.exchange(request);
      lost += 1;
      return Promise.reject(new ConnectorError('later', 'The site failed.'));
    };
    const second = await house.update(first, { fields: { keywords: [added, kept] } });
    await house.deliver(1, { ...house.context, exchange });
    expect(lost).toBe(1);
    expect((await house.standing(first.article)).standing).toBe('waiting');
    await house.decide(first.article, { act: 'retry' });
    await house.deliver();
    const [post] = await standingIn(first.article);
    const ours = (await tagsOf(post!)).filter((name) => name.endsWith(String(run)));
    expect(ours.sort()).toEqual([added, kept]);
    expect(await house.standing(first.article)).toMatchObject({
      standing: 'done',
      problem: '',
      delivered: second.hash,
    });
    await house.withdraw(second);
    await house.deliver();
  }, 60_000);

  /** What is said of the picture at its head: the alternative text, and what stands below. */
  const saidOf = async ({ terms }: RemotePost): Promise<string[]> => {
    if (access.kind === 'ghost') return [terms.alt?.[0] ?? '', terms.caption?.[0] ?? ''];
    const answer = await fetch(`${access.url}/?rest_route=/wp/v2/media/${terms.image?.[0]}`);
    const Picture = z.object({ alt_text: z.string(), caption: z.object({ rendered: z.string() }) });
    const { alt_text, caption } = Picture.parse(await answer.json());
    return [alt_text, caption.rendered];
  };

  it('says of the picture at its head what is said of it now', async () => {
    const shade = Date.now() % 256;
    const png = drawPng(4, 4, (x) => [shade, x, access.account.length]);
    const lead = await leadImageOf(house, png);
    const first = await house.publish(lead('A birdge', 'The road & the birdge'));
    await house.deliver();
    const second = await house.update(first, lead('A bridge', 'The road & the bridge'));
    await house.deliver();
    const [alt, below] = await saidOf((await standingIn(first.article))[0]!);
    expect(alt).toBe('A bridge');
    expect(below).toMatch(/The road &amp; the bridge.*A\. Person/);
    await house.withdraw(second);
    await house.deliver();
  }, 60_000);

  it('keeps what somebody changed there', async () => {
    const first = await house.publish();
    await house.deliver();
    const [post] = await standingIn(first.article);
    // Ghost knows a change by its second.
    await expect.poll(() => Date.now() % 1000, { interval: 5 }).toBeLessThan(50);
    await connector.write(A_POST, { ...post!, title: 'Theirs' }, post!, null);
    await house.update(first, { body: ['Dry again.'] });
    await house.deliver();
    expect((await house.standing(first.article)).standing).toBe('changed');
    expect((await standingIn(first.article))[0]?.title).toBe('Theirs');
    await house.withdraw({ ...first, hash: (await house.standing(first.article)).wanted! });
    await house.deliver();
    expect(await standingIn(first.article)).toEqual([]);
  }, 60_000);

  it('lets be read what somebody changed there, and that alone', async () => {
    const first = await house.publish(RICH);
    await house.deliver();
    const [post] = await standingIn(first.article);
    await expect.poll(() => Date.now() % 1000, { interval: 5 }).toBeLessThan(50);
    const body = post!.body.replace('The end.', 'The very end.');
    expect(body).not.toBe(post!.body);
    await connector.write(A_POST, { ...post!, body }, post!, null);
    await house.update(first, { body: ['Dry again.'] });
    await house.deliver();
    const { body: answer } = await house.chief.request(
      'GET',
      `/v1/articles/${first.article}/deliveries/${house.channel}/theirs`,
    );
    const { before, ...after } = RemoteVersion.parse(answer);
    expect(before?.revision).toBe(first.hash);
    const newId = (): string => newLocalId(house.context.random);
    const read = async ({ title, excerpt, html }: RemoteWords) => ({
      title,
      excerpt,
      passages: await readPassages(html, newId),
    });
    const own = contentFor(house.newsroom.newsDesk, RICH);
    const edited = withTheirEdit(own, {
      before: await read(before!),
      after: await read(after),
      channel: 'The blog',
      newId,
    });
    expect(edited.fields).toEqual(own.fields);
    expect(edited.body.slice(0, -1)).toEqual(own.body.slice(0, -1));
    expect(edited.body.at(-1)).toEqual({
      ...own.body.at(-1),
      children: [{ type: 'text', text: 'The very end.' }],
    });
    await house.withdraw({ ...first, hash: (await house.standing(first.article)).wanted! });
    await house.deliver();
  }, 60_000);
});
