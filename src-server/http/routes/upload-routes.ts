import type { FastifyReply } from 'fastify';
import { ASSET_MAX_BYTES, TUS_EXTENSIONS, TUS_VERSION } from '#shared/api';
import { Hash } from '#shared/article';
import { storeAsset, type UploadBody } from '../../assets/index.ts';
import type { ServerContext } from '../../context.ts';
import { ServerError } from '../../errors.ts';
import { findAsset } from '../../store/index.ts';
import type { Handlers } from '../adapter.ts';
import { requirePermission } from '../session.ts';

type Names = 'uploadOptions' | 'createUpload' | 'uploadOffset' | 'appendUpload' | 'endUpload';

function speakTus(reply: FastifyReply, version: string): void {
  reply.header('tus-resumable', TUS_VERSION);
  if (version === TUS_VERSION) return;
  reply.header('tus-version', TUS_VERSION);
  throw new ServerError('wrong-tus-version', `This server speaks tus ${TUS_VERSION}.`);
}

/** The picture's hash in the metadata of tus: pairs of a key and a base64 value, separated by commas. */
function hashIn(metadata: string): Hash {
  for (const pair of metadata.split(',')) {
    const [key, value = ''] = pair.trim().split(' ');
    const parsed = Hash.safeParse(Buffer.from(value, 'base64').toString('latin1'));
    if (key === 'sha256' && parsed.success) return parsed.data;
  }
  throw new ServerError('malformed', 'The upload does not name the SHA-256 of the picture.');
}

/** Resumable uploads of pictures, by tus 1.0. */
export function uploadRoutes(context: ServerContext): Pick<Handlers, Names> {
  const { uploads, store } = context;

  /** The last byte is here: only now it shows whether the bytes are the picture they were said to be. */
  const finish = async (id: Hash, hash: Hash): Promise<void> => {
    try {
      await storeAsset(context, hash, await uploads.read(id));
    } catch (error) {
      // Bytes that are no such picture never will be; anything else may pass when it is tried again.
      if (error instanceof ServerError) await uploads.remove(id);
      throw error;
    }
    await uploads.remove(id);
  };

  return {
    uploadOptions: async ({ reply }) => {
      reply
        .header('tus-resumable', TUS_VERSION)
        .header('tus-version', TUS_VERSION)
        .header('tus-extension', TUS_EXTENSIONS)
        .header('tus-max-size', ASSET_MAX_BYTES);
    },
    createUpload: async ({ session, headers, reply }) => {
      speakTus(reply, headers['tus-resumable']);
      requirePermission(session, 'asset.write');
      const length = headers['upload-length'];
      if (length > ASSET_MAX_BYTES)
        throw new ServerError('too-large', 'The picture is larger than 25 MB. Send a smaller one.');
      const hash = hashIn(headers['upload-metadata']);
      const { id, expires } = await uploads.begin({ person: session.person.id, hash, length });
      // Its last byte may have come from the same computer, whose line broke before it heard so.
      if (await findAsset(store.db, hash)) {
        await uploads.remove(id);
        throw new ServerError('already-there', 'The publishing server has this picture already.');
      }
      reply
        .header('location', `/v1/uploads/${id}`)
        .header('upload-expires', new Date(expires).toUTCString());
    },
    uploadOffset: async ({ session, params, headers, reply }) => {
      speakTus(reply, headers['tus-resumable']);
      const upload = await uploads.find(params.id, session.person.id);
      reply
        .header('upload-offset', upload.offset)
        .header('upload-length', upload.length)
        .header('upload-expires', new Date(upload.expires).toUTCString());
    },
    appendUpload: async ({ session, params, headers, request, reply }) => {
      speakTus(reply, headers['tus-resumable']);
      const upload = await uploads.find(params.id, session.person.id);
      if (headers['upload-offset'] !== upload.offset)
        throw new ServerError('wrong-offset', `The upload stands at byte ${upload.offset}.`, {
          offset: upload.offset,
        });
      const body = request.body as UploadBody;
      const offset = await uploads.append(params.id, upload, body, () =>
        finish(params.id, upload.hash),
      );
      reply
        .header('upload-offset', offset)
        .header('upload-expires', new Date(upload.expires).toUTCString());
    },
    endUpload: async ({ session, params, headers, reply }) => {
      speakTus(reply, headers['tus-resumable']);
      await uploads.find(params.id, session.person.id);
      await uploads.remove(params.id);
    },
  };
}
