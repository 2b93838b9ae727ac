import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawPng } from '../../../src-server/png.ts';
import type { ServedCms } from '../../helpers/cms/cms.ts';
import type { VirtualGhost } from '../../helpers/cms/virtual-ghost.ts';
import { startPostgres, type TestPostgres } from '../../helpers/postgres.ts';
import { describeDelivery } from './delivery-suite.ts';
import { ghostKit } from './kits.ts';
import { leadImageOf, openHouse, type PublishingHouse } from './publishing-house.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres.stop());

// WordPress is delivered to from SQLite: between the two, both engines hold what both CMSs need.
describeDelivery(ghostKit(), () => postgres.createDatabase());

describe('Ghost', () => {
  let served: ServedCms;
  let house: PublishingHouse;

  beforeEach(async () => {
    const opened = await ghostKit().open();
    served = opened.served;
    house = await openHouse(opened.access);
  });
  afterEach(async () => {
    await house.close();
    await served.close();
  });

  const keywords = (...names: string[]) => ({ fields: { keywords: names } });

  it('may spell a tag otherwise, which is still the one that Stet put there', async () => {
    await house.publish(keywords('Cafés'));
    await house.deliver();
    const first = await house.publish(keywords('cafes', 'CAFES'));
    await house.deliver();
    const tags = (): string[] | undefined => served.cms.posts().at(-1)?.tags;
    expect(tags()).toEqual(['News Room', 'Cafés']);
    served.fault = ({ method }) => (method === 'PUT' ? 'answer-lost' : null);
    const second = await house.update(first, keywords('cafes', 'Rain'));
    await house.deliver(1);
    served.fault = () => null;
    await house.deliver();
    expect(await house.standing(first.article)).toMatchObject({ standing: 'done', problem: '' });
    expect(tags()).toEqual(['News Room', 'Cafés', 'Rain']);
    await house.update(second, keywords('Rain'));
    await house.deliver();
    expect(tags()).toEqual(['News Room', 'Rain']);
  });

  it('shows what is corrected below the picture alone, though the request with that was lost', async () => {
    const cms = served.cms as VirtualGhost;
    const lead = await leadImageOf(
      house,
      drawPng(4, 4, () => [9, 9, 9]),
    );
    const shown = (): (string | null | undefined)[] => {
      const post = cms.find(cms.posts()[0]?.id ?? '');
      return [
        post?.feature_image_alt,
        post?.feature_image_caption?.replace(/<[^>]+>/g, '') ?? null,
      ];
    };
    const first = await house.publish(lead('A bridge', 'The birdge'));
    await house.deliver();
    expect(shown()).toEqual(['A bridge', 'The birdge A. Person']);
    let lost = false;
    served.fault = ({ method }) => (method === 'PUT' && !lost ? ((lost = true), 'lost') : null);
    const second = await house.update(first, lead('', 'The bridge'));
    await house.deliver();
    expect(shown()).toEqual([null, 'The bridge A. Person']);
    await house.update(second, {});
    await house.deliver();
    expect(shown()).toEqual([null, null]);
  });

  it('takes a keyword without the comma at its head, with which it takes none', async () => {
    const { article } = await house.publish(keywords(', Floods', ','));
    await house.deliver();
    expect(await house.standing(article)).toMatchObject({ standing: 'done', problem: '' });
    expect(served.cms.posts()[0]?.tags).toEqual(['News Room', 'Floods']);
  });
});
