import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { Hash } from '#shared/article';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findAsset, isAssetPublic } from '../store/index.ts';
import { drawIcon } from './icon.ts';
import { sendText } from './send.ts';

const resolve = createRequire(import.meta.url).resolve;

/** The typefaces that the style sheet names, from the packages that carry them. */
const FONTS = new Map(
  [
    ...['latin-opsz-normal', 'latin-opsz-italic', 'latin-ext-opsz-normal'].map(
      (cut) => ['newsreader', cut] as const,
    ),
    ...['latin-opsz-normal', 'latin-ext-opsz-normal'].map((cut) => ['inter', cut] as const),
  ].map(([family, cut]) => [
    `${family}-${cut}.woff2`,
    `@fontsource-variable/${family}/files/${family}-${cut}.woff2`,
  ]),
);

const nothing = (): ServerError =>
  new ServerError('not-found', 'There is nothing at this address.');

/** Style sheet, typefaces, icon, and the pictures of what is published. */
export async function addStaticFiles(
  app: FastifyInstance,
  { store, assets }: ServerContext,
): Promise<void> {
  const css = await readFile(new URL('site.css', import.meta.url), 'utf8');
  const icon = drawIcon();
  app.get('/-/site.css', (request, reply) => sendText(request, reply, 'text/css', css));
  app.get('/-/icon.png', async (_request, reply) =>
    reply.type('image/png').header('cache-control', 'public, max-age=86400').send(icon),
  );
  app.get<{ Params: { file: string } }>('/-/fonts/:file', async (request, reply) => {
    const font = FONTS.get(request.params.file);
    if (font === undefined) throw nothing();
    return reply
      .type('font/woff2')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(createReadStream(resolve(font)));
  });
  app.get<{ Params: { hash: string } }>('/-/images/:hash', async (request, reply) => {
    const { data: hash } = Hash.safeParse(request.params.hash);
    const asset = hash === undefined ? null : await findAsset(store.db, hash);
    // A picture of an article under embargo must not be found by its hash before the article is.
    if (!asset || !(await isAssetPublic(store.db, asset.hash)) || !(await assets.has(asset.hash)))
      throw nothing();
    return reply
      .type(asset.mime)
      .header('content-length', asset.size)
      .header('cache-control', 'public, max-age=3600')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(assets.read(asset.hash));
  });
}
