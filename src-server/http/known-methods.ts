import type { FastifyInstance } from 'fastify';

interface Known {
  pattern: string;
  methods: string[];
}

/** The API is under `/v1`, the public site everywhere else. */
export const isApi = (url: string): boolean => /^\/v1(?:[/?]|$)/.test(url);

/**
 * Notes every route that is registered from now on. Gives a function that says which methods an address is answered by:
 * none where there is nothing. An address of the API is never taken for a page of the site.
 */
export function knownMethods(app: FastifyInstance): (url: string) => string[] {
  const routes: Known[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: url, methods: [method].flat() });
  });
  return (url) => {
    const path = url.split('?')[0] ?? '';
    const methods = routes
      .filter(({ pattern }) => isApi(pattern) === isApi(url) && isLike(path, pattern))
      .flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  };
}

/** Whether a path has the parts of a pattern, of which those with a colon stand for anything. */
function isLike(path: string, pattern: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : parts[at] === part))
  );
}
