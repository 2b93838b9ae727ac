import type { ArticleDelivery, ChannelKind, DeliveryAct } from '#shared/api';
import { newId, sha256Hex, type Fields, type Hash, type Id } from '#shared/article';
import { storeAsset } from '../../../src-server/assets/index.ts';
import type { ServerContext } from '../../../src-server/context.ts';
import { deliverDue } from '../../../src-server/delivery/index.ts';
import { addChannel } from '../../../src-server/store/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  publishArticle,
  startNewsroom,
  type Answer,
  type TestClient,
  type TestNewsroom,
} from '../../helpers/server.ts';

export interface CmsAccess {
  kind: ChannelKind;
  url: string;
  account: string;
  secret: string;
}

/** A newsroom with a CMS connected, whose deliveries go when the test says so. */
export interface PublishingHouse {
  newsroom: TestNewsroom;
  context: ServerContext;
  channel: Id;
  chief: TestClient;
  editor: TestClient;
  /** Delivers what is due; moves the clock on as long as something waits, `rounds` times at most. */
  deliver: (rounds?: number, context?: ServerContext) => Promise<void>;
  publish: (changes?: Parameters<typeof contentFor>[1]) => Promise<{ article: Id; hash: Hash }>;
  /** Publishes a new revision of an article that readers see. */
  update: (
    article: { article: Id; hash: Hash },
    changes: Parameters<typeof contentFor>[1],
  ) => Promise<{ article: Id; hash: Hash }>;
  withdraw: (article: { article: Id; hash: Hash }) => Promise<void>;
  standing: (article: Id) => Promise<ArticleDelivery>;
  decide: (article: Id, act: DeliveryAct, client?: TestClient) => Promise<Answer>;
  close: () => Promise<void>;
}

export async function openHouse(
  access: CmsAccess,
  options: Parameters<typeof startNewsroom>[0] = {},
): Promise<PublishingHouse> {
  const newsroom = await startNewsroom(options);
  await newsroom.server.deliveries.stop();
  const { context } = newsroom.server;
  const channel = newId(context.clock, context.random);
  await context.store.write((unit) =>
    addChannel(unit, {
      id: channel,
      kind: access.kind,
      name: 'The blog',
      address: access.url,
      account: access.account,
      secret: context.secrets.seal(access.secret),
      desks: null,
    }),
  );
  const editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
  const chief = await newsroom.join('Chief', chiefOn(newsroom.newsDesk));
  const content = (changes: Parameters<typeof contentFor>[1] = {}) =>
    contentFor(newsroom.newsDesk, changes);
  return {
    newsroom,
    context,
    channel,
    editor,
    chief,
    deliver: async (rounds = 20, own = context) => {
      for (let round = 0; round < rounds; round += 1) {
        const wait = await deliverDue(own);
        if (wait === null) return;
        if (round < rounds - 1) newsroom.clock.now += Math.max(1, wait);
      }
    },
    publish: (changes) => publishArticle(newsroom, editor, chief, content(changes)),
    update: async ({ article, hash: before }, changes) => {
      const { hash } = await editor.write(article, content(changes), [before]);
      const { record } = await editor.move(article, 'submit', 'published', hash);
      // A withdrawn article begins its way again from there.
      if (!record) await editor.move(article, 'submit', 'withdrawn', hash);
      await chief.move(article, 'approve', 'in-review', hash);
      await chief.move(article, 'publish', 'approved', hash);
      return { article, hash };
    },
    withdraw: async ({ article, hash }) => {
      await chief.move(article, 'withdraw', 'published', hash, { reason: 'A source withdrew.' });
    },
    standing: async (article) => {
      const { body } = await chief.request('GET', `/v1/articles/${article}/deliveries`);
      return (body as { deliveries: [ArticleDelivery] }).deliveries[0];
    },
    decide: (article, act, client = chief) =>
      client.request('POST', `/v1/articles/${article}/deliveries/${channel}`, act),
    close: () => newsroom.close(),
  };
}

type LeadImage = (alt: string, caption: string) => { fields: Pick<Fields, 'leadImage'> };

/** Puts a picture on the server. Gives what an article says that has it at its head, in these words. */
export async function leadImageOf(
  { context }: PublishingHouse,
  bytes: Uint8Array,
): Promise<LeadImage> {
  const asset = sha256Hex(bytes);
  await storeAsset(context, asset, bytes);
  const picture = { asset, mime: 'image/png' as const, width: 4, height: 4, credit: 'A. Person' };
  return (alt, caption) => ({ fields: { leadImage: { ...picture, alt, caption } } });
}

/** An article that uses everything a page can carry. */
export const RICH = {
  fields: {
    headline: 'Floods “close” the valley’s road & bridge <again>',
    standfirst: 'A second day, and it’s raining & raining.',
    keywords: ['Floods', 'Roads & bridges'],
    byline: [
      { id: 'byline-0001', name: 'Mira Hassan' },
      { id: 'byline-0002', name: "Sean O'Neill" },
    ],
    dateline: 'VALLEY',
    contributors: [
      {
        id: 'contributor-01',
        name: 'Fern Robinson',
        affiliation: 'Valley Radio',
        role: '',
        kind: 'person' as const,
      },
    ],
    corrections: [
      { id: 'correction-001', note: 'The bridge is in Upper Valley.', at: '2026-11-14T11:00:00Z' },
    ],
    related: [
      {
        id: 'related-0001',
        title: 'Last year’s flood',
        url: 'https://example.invalid/flood',
        postedOn: '2025-11-13',
        publication: 'The Valley Post',
        desk: 'News Desk',
        teaser: 'It rained then, too.',
      },
    ],
  },
  body: [
    'The river rose by two metres overnight.',
    {
      type: 'paragraph' as const,
      $: { id: 'block-rich-1' },
      children: [
        { type: 'text' as const, text: 'Bold & bare: ', format: 1 },
        {
          type: 'link' as const,
          url: 'https://example.invalid/?a=1&b=2',
          children: [{ type: 'text' as const, text: 'the council' }],
        },
        { type: 'linebreak' as const },
        { type: 'text' as const, text: '“It’s over,” she said.', format: 2 },
      ],
    },
    {
      type: 'heading' as const,
      tag: 'h3' as const,
      $: { id: 'block-rich-2' },
      children: [{ type: 'text' as const, text: 'What’s next' }],
    },
    {
      type: 'pullquote' as const,
      $: { id: 'block-rich-3' },
      children: [{ type: 'text' as const, text: 'We leave tonight.' }],
    },
    {
      type: 'list' as const,
      listType: 'number' as const,
      $: { id: 'block-rich-4' },
      children: ['One', 'Two'].map((words, index) => ({
        type: 'listitem' as const,
        $: { id: `item-rich-${index}` },
        children: [{ type: 'text' as const, text: words }],
      })),
    },
    {
      type: 'table' as const,
      $: { id: 'block-rich-5' },
      children: [
        {
          type: 'tablerow' as const,
          $: { id: 'row-rich-001' },
          children: ['Place', 'Metres'].map((words) => ({
            type: 'tablecell' as const,
            headerState: 2,
            children: [
              { type: 'paragraph' as const, children: [{ type: 'text' as const, text: words }] },
            ],
          })),
        },
      ],
    },
    paragraph('The end.'),
  ],
} satisfies Parameters<typeof contentFor>[1];
