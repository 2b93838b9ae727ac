import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '#shared/article';
import { content, picture } from '../../helpers/articles.ts';
import { openNewsdesk, pulledArticle } from '../../helpers/store.ts';

const bytes = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);
const about = { mime: 'image/png', width: 640, height: 480 } as const;

describe('pictures', () => {
  it('are files named by their hash, once, whatever is added twice', async () => {
    const { dir, store } = await openNewsdesk();
    const asset = store.assets.add(bytes, about);
    store.assets.add(bytes, about);
    expect(asset).toEqual({ hash: sha256Hex(bytes), bytes: 11, uploaded: false, ...about });
    expect(readdirSync(join(dir, 'assets'))).toEqual([asset.hash]);
    expect(new Uint8Array(readFileSync(join(dir, 'assets', asset.hash)))).toEqual(bytes);
    expect(await store.assets.read(asset.hash)).toMatchObject({ mime: 'image/png' });
    expect(await store.assets.read(sha256Hex('nothing'))).toBeNull();
  });

  it('wait to be uploaded until the server has them', async () => {
    const { store } = await openNewsdesk();
    const { hash } = store.assets.add(bytes, about);
    expect(store.assets.pendingUploads().map((asset) => asset.hash)).toEqual([hash]);
    store.assets.markUploaded(hash);
    expect(store.assets.pendingUploads()).toEqual([]);
  });

  it('that revisions show and this computer lacks are known until they arrive', async () => {
    const newsdesk = await openNewsdesk();
    const hash = sha256Hex(bytes);
    pulledArticle(newsdesk, content({ body: ['Text', picture(hash)] }));
    expect(newsdesk.store.assets.missing(10)).toEqual([hash]);
    newsdesk.store.assets.add(bytes, { ...about, uploaded: true });
    expect(newsdesk.store.assets.missing(10)).toEqual([]);
  });

  it('are counted on both ways, for as long as they are on their way', async () => {
    const newsdesk = await openNewsdesk();
    const { assets } = newsdesk.store;
    pulledArticle(newsdesk, content({ body: [picture(sha256Hex(bytes))] }));
    expect(assets.counts()).toEqual({ toSend: 0, toCome: 1 });
    const { hash } = assets.add(bytes, about);
    expect(assets.counts()).toEqual({ toSend: 1, toCome: 0 });
    assets.markUploaded(hash);
    expect(assets.counts()).toEqual({ toSend: 0, toCome: 0 });
  });

  it('are wanted no more with the last article that shows them', async () => {
    const newsdesk = await openNewsdesk();
    const hash = sha256Hex(bytes);
    const [first, second] = ['One', 'Two'].map((text) =>
      pulledArticle(newsdesk, content({ body: [text, picture(hash)] })),
    );
    newsdesk.store.vault.evict(first!.article);
    expect(newsdesk.store.assets.missing(10)).toEqual([hash]);
    newsdesk.store.vault.evict(second!.article);
    expect(newsdesk.store.assets.missing(10)).toEqual([]);
  });
});
