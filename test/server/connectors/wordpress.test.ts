import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex, type Hash } from '#shared/article';
import { storeAsset } from '../../../src-server/assets/index.ts';
import { drawPng } from '../../../src-server/png.ts';
import type { ServedCms } from '../../helpers/cms/cms.ts';
import type { VirtualWordPress } from '../../helpers/cms/virtual-wordpress.ts';
import { describeDelivery } from './delivery-suite.ts';
import { wordPressKit } from './kits.ts';
import { leadImageOf, openHouse, type PublishingHouse } from './publishing-house.ts';

describeDelivery(wordPressKit());

const AUTHOR = { login: 'stet', password: 'abcd efgh', role: 'author' } as const;

describe('WordPress', () => {
  let served: ServedCms;
  let house: PublishingHouse;
  let cms: VirtualWordPress;

  const open = async (...kit: Parameters<typeof wordPressKit>): Promise<void> => {
    const opened = await wordPressKit(...kit).open();
    served = opened.served;
    cms = served.cms as VirtualWordPress;
    house = await openHouse(opened.access);
  };
  beforeEach(() => open(AUTHOR));
  afterEach(async () => {
    await house.close();
    await served.close();
  });
  const reopen = async (...kit: Parameters<typeof wordPressKit>): Promise<void> => {
    await house.close();
    await served.close();
    await open(...kit);
  };

  it('is found where only ?rest_route= works', async () => {
    await reopen(AUTHOR, 'plain');
    await house.publish();
    await house.deliver();
    expect(cms.posts()).toMatchObject([{ live: true }]);
  });

  it('is asked for nothing with a wrong password, which would show it without its drafts', async () => {
    const { article } = await house.publish();
    cms.account.password = 'another';
    await house.deliver(3);
    expect(cms.posts()).toEqual([]);
    expect(await house.standing(article)).toMatchObject({
      standing: 'waiting',
      problem: 'WordPress does not let Stet do this. It says: You are not currently logged in.',
    });
    cms.account.password = AUTHOR.password;
    await house.deliver();
    expect(cms.posts()).toMatchObject([{ live: true }]);
  });

  it('is not sent to by an account that may not publish', async () => {
    cms.account.role = 'contributor';
    const { article } = await house.publish();
    await house.deliver(3);
    expect(cms.posts()).toEqual([]);
    expect((await house.standing(article)).problem).toBe(
      'stet may not publish in this WordPress. Make the account an author at least.',
    );
  });

  it('gives the article the address that it finds free', async () => {
    const [first, second] = [await house.publish(), await house.publish()];
    await house.deliver();
    const urls = [await house.standing(first.article), await house.standing(second.article)];
    expect(new Set(urls.map(({ url }) => url)).size).toBe(2);
    expect(cms.posts().every(({ slug }) => !slug.startsWith('stet-'))).toBe(true);
  });

  it('keeps the tags that somebody added there, and takes away the ones that Stet no longer wants', async () => {
    await reopen({ ...AUTHOR, role: 'editor' });
    const tags = (): string[] =>
      (cms.find('1')?.tags ?? []).map((id) => cms.terms.tags[id - 1] ?? '').sort();
    const first = await house.publish({ fields: { keywords: ['Floods', 'Roads & bridges'] } });
    await house.deliver();
    expect(tags()).toEqual(['Floods', 'Roads & bridges']);
    cms.terms.tags.push('Theirs');
    cms.find('1')?.tags.push(cms.terms.tags.length);
    await house.update(first, { fields: { keywords: ['Roads & bridges', 'Rain'] } });
    await house.deliver();
    expect(tags()).toEqual(['Rain', 'Roads & bridges', 'Theirs']);
    expect(cms.terms.categories).toEqual(['Uncategorized', 'News Room']);
  });

  it('may do without a tag, and is asked for it once', async () => {
    const { answer } = cms;
    served.cms.answer = (request) => {
      const answered = answer(request);
      const post = cms.find('1');
      if (post) post.tags = post.tags.filter((id) => cms.terms.tags[id - 1] !== 'Banned');
      return answered;
    };
    const first = await house.publish({ fields: { keywords: ['Floods'] } });
    await house.deliver();
    await house.update(first, { fields: { keywords: ['Floods', 'Banned'] } });
    await house.deliver(1);
    expect(await house.standing(first.article)).toMatchObject({ standing: 'done', problem: '' });
  });

  it('does not keep the category that it gave the draft of itself', async () => {
    await reopen({ ...AUTHOR, role: 'editor' });
    await house.publish();
    await house.deliver();
    const names = cms.find('1')?.categories.map((id) => cms.terms.categories[id - 1]);
    expect(names).toEqual(['News Room']);
  });

  const picture = async (bytes: Uint8Array): Promise<Hash> => {
    const hash = sha256Hex(bytes);
    await storeAsset(house.context, hash, bytes);
    return hash;
  };

  it('takes a picture once, and does without one that it does not know', async () => {
    const png = await picture(drawPng(4, 4, () => [9, 9, 9]));
    const other = await picture(Buffer.from('GIF89a: a kind that it does not know'));
    const lead = (asset: Hash) => ({
      asset,
      mime: 'image/png' as const,
      width: 10,
      height: 10,
      caption: 'The bridge',
      credit: 'A. Person',
      alt: 'A bridge',
    });
    await house.publish({ fields: { leadImage: lead(png) } });
    await house.publish({ fields: { leadImage: lead(png), headline: 'The same bridge' } });
    await house.publish({ fields: { leadImage: lead(other), headline: 'Another bridge' } });
    await house.deliver();
    expect(cms.media).toHaveLength(1);
    const named = (title: string) =>
      cms.find(cms.posts().find((post) => post.title === title)?.id ?? '');
    expect(named('The same bridge')?.featured_media).toBe(1);
    expect(named('Another bridge')?.featured_media).toBe(0);
    expect(named('Another bridge')?.content).toContain(`/-/images/${other}`);
  });

  it('says of a picture what is said of it now', async () => {
    const lead = await leadImageOf(
      house,
      drawPng(4, 4, () => [9, 9, 9]),
    );
    const first = await house.publish(lead('A birdge', 'Road & birdge'));
    await house.deliver();
    expect(cms.media).toMatchObject([{ alt: 'A birdge', caption: 'Road &amp; birdge A. Person' }]);
    await house.update(first, lead('A bridge', 'Road & bridge'));
    await house.deliver();
    expect(cms.media).toMatchObject([{ alt: 'A bridge', caption: 'Road &amp; bridge A. Person' }]);
  });
});
