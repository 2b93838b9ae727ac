import { storeAsset } from '../../assets/index.ts';
import type { ServerContext } from '../../context.ts';
import { ServerError } from '../../errors.ts';
import { findAsset, type Db } from '../../store/index.ts';
import type { Hash } from '#shared/article';
import type { Handlers } from '../adapter.ts';
import { requirePermission } from '../session.ts';

async function theAsset(db: Db, hash: Hash): Promise<{ mime: string; size: number }> {
  const asset = await findAsset(db, hash);
  if (!asset)
    throw new ServerError('not-found', 'The publishing server does not have this picture.');
  return asset;
}

/** Pictures, each under the SHA-256 of its bytes. */
export function assetRoutes(
  context: ServerContext,
): Pick<Handlers, 'hasAsset' | 'putAsset' | 'getAsset'> {
  const { store, assets } = context;
  return {
    hasAsset: async ({ params }) => {
      await theAsset(store.db, params.hash);
    },
    putAsset: async ({ session, params, request }) => {
      requirePermission(session, 'asset.write');
      const { body } = request;
      if (!Buffer.isBuffer(body))
        throw new ServerError('malformed', 'Send the picture’s bytes as the body.');
      await storeAsset(context, params.hash, body);
    },
    getAsset: async ({ params, reply }) => {
      const { mime, size } = await theAsset(store.db, params.hash);
      return reply
        .type(mime)
        .header('content-length', size)
        .header('cache-control', 'private, max-age=31536000, immutable')
        .send(assets.read(params.hash));
    },
  };
}
