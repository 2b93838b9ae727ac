import { z } from 'zod';

/** The version of the tus protocol for resumable uploads: https://tus.io/protocols/resumable-upload */
export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,expiration,termination';
export const UPLOAD_TYPE = 'application/offset+octet-stream';

/** A picture up to this size travels in one piece; a larger one by a resumable upload. In bytes. */
export const WHOLE_UPLOAD_MAX_BYTES = 262_144;

const Bytes = z
  .string()
  .regex(/^\d{1,15}$/, 'A number of bytes.')
  .transform(Number);

export const TusHeaders = z.object({ 'tus-resumable': z.string().max(20).default('') });

/** `upload-metadata` names the picture: `sha256` and, after a space, its hexadecimal SHA-256 in base64. */
export const CreateUploadHeaders = TusHeaders.extend({
  'upload-length': Bytes,
  'upload-metadata': z.string().max(2000),
});

export const AppendHeaders = TusHeaders.extend({ 'upload-offset': Bytes });
