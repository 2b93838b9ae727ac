import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '#shared/article';

/**
 * Sends a text with its ETag and, where known, Last-Modified; 304 for a reader who has it. `no-cache` makes browsers
 * ask each time: a correction or a withdrawal must reach readers at once.
 */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  text: string,
  lastModified: string | null = null,
): Promise<FastifyReply> {
  const etag = `"${sha256Hex(text).slice(0, 32)}"`;
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (lastModified) reply.header('last-modified', new Date(lastModified).toUTCString());
  const known = request.headers['if-none-match']
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (reply.statusCode === 200 && known?.includes(etag)) return reply.code(304).send();
  return reply.type(`${type}; charset=utf-8`).send(text);
}

export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: string,
  lastModified: string | null = null,
): Promise<FastifyReply> {
  return sendText(request, reply, 'text/html', page, lastModified);
}
