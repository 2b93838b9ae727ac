import formBody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Newsroom } from '#shared/api';
import { theNewsroom } from '../accounts/index.ts';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findNewsroom, findPublicationByPath } from '../store/index.ts';
import { articlePage, withdrawnPage } from './article-page.ts';
import { renderFeed, renderRobots, renderSitemap } from './feeds.ts';
import { invitationPage, privacyPage, problemPage } from './fixed-pages.ts';
import { homePage, sectionPage } from './list-pages.ts';
import { formPage, isFormKind, takeMessage, thanksPage } from './reader-form.ts';
import { sendPage, sendText } from './send.ts';
import { addStaticFiles } from './static-files.ts';
import { storiesOf } from './stories.ts';

export { articleEnding, imagePath } from './article-page.ts';
export { sectionName, storiesOf, type Story } from './stories.ts';

const FORM_LIMIT = 400_000;
const TEN_MINUTES = 600_000;

function nothing(): ServerError {
  return new ServerError(
    'not-found',
    'The page may have moved, or its address was copied in part.',
  );
}

/** A form may only be sent from our own pages: browsers say where it comes from, and cannot be made to lie about it. */
function requireSameOrigin({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  const sameSite = site === undefined || site === 'same-origin';
  const sameOrigin = origin === undefined || URL.parse(origin)?.host === host;
  if (!sameSite || !sameOrigin || (site === undefined && origin === undefined))
    throw new ServerError(
      'forbidden',
      'The form was sent from another site. Open the page here and send it again.',
    );
}

/** The newsroom's public pages: rendered on the server, without scripts. */
export async function addSite(app: FastifyInstance, context: ServerContext): Promise<void> {
  const { db } = context.store;
  const newsroom = (): Promise<Newsroom> => theNewsroom(db);
  app.removeAllContentTypeParsers();
  await app.register(formBody, { bodyLimit: FORM_LIMIT });
  await app.register(rateLimit, { global: false });
  await addStaticFiles(app, context);

  app.get('/', async (request, reply) => {
    const { page, newest } = await homePage(db, await newsroom());
    return sendPage(request, reply, page, newest);
  });
  app.get('/feed.xml', async (request, reply) =>
    sendText(request, reply, 'application/rss+xml', await renderFeed(db, await newsroom(), 'rss')),
  );
  app.get('/atom.xml', async (request, reply) =>
    sendText(
      request,
      reply,
      'application/atom+xml',
      await renderFeed(db, await newsroom(), 'atom'),
    ),
  );
  app.get('/sitemap.xml', async (request, reply) =>
    sendText(request, reply, 'application/xml', await renderSitemap(db, await newsroom())),
  );
  app.get('/robots.txt', async (request, reply) =>
    sendText(request, reply, 'text/plain', renderRobots(await newsroom())),
  );
  app.get('/privacy', async (request, reply) =>
    sendPage(request, reply, privacyPage(await newsroom())),
  );
  app.get('/-/invitation', async (request, reply) =>
    sendPage(request, reply, invitationPage(await newsroom())),
  );
  addReaderForms(app, context);

  app.get<{ Params: { section: string }; Querystring: { page?: string } }>(
    '/:section',
    async (request, reply) => {
      const number = Number(request.query.page ?? 1);
      if (!Number.isInteger(number) || number < 1) throw nothing();
      const found = await sectionPage(db, await newsroom(), request.params.section, number);
      if (!found) throw nothing();
      return sendPage(request, reply, found.page, found.newest);
    },
  );
  app.get<{ Params: { section: string; year: string; slug: string } }>(
    '/:section/:year/:slug',
    async (request, reply) => {
      const { section, year, slug } = request.params;
      const publication = await findPublicationByPath(db, `/${section}/${year}/${slug}`);
      if (!publication) throw nothing();
      if (!publication.live) {
        reply.code(410);
        const { withdrawnAt, withdrawnReason } = publication;
        const page = withdrawnPage(
          await newsroom(),
          withdrawnAt ?? publication.updatedAt,
          withdrawnReason ?? '',
        );
        return sendPage(request, reply, page);
      }
      const [story] = await storiesOf(db, [publication]);
      if (!story) throw nothing();
      return sendPage(
        request,
        reply,
        await articlePage(db, await newsroom(), story),
        story.updatedAt,
      );
    },
  );
}

function addReaderForms(app: FastifyInstance, context: ServerContext): void {
  const { db } = context.store;
  app.get('/write/thanks', async (request, reply) =>
    sendPage(request, reply, thanksPage(await theNewsroom(db))),
  );
  app.get<{ Params: { kind: string }; Querystring: { about?: string } }>(
    '/write/:kind',
    async (request, reply) => {
      const { kind } = request.params;
      if (!isFormKind(kind)) throw nothing();
      const { about } = request.query;
      const values = typeof about === 'string' ? { about } : {};
      return sendPage(request, reply, formPage(await theNewsroom(db), kind, values));
    },
  );
  app.post<{ Params: { kind: string } }>(
    '/write/:kind',
    {
      config: { rateLimit: { max: context.limits.messagesPerTenMinutes, timeWindow: TEN_MINUTES } },
    },
    async (request, reply) => {
      requireSameOrigin(request);
      const { kind } = request.params;
      if (!isFormKind(kind)) throw nothing();
      const again = await takeMessage(context, await theNewsroom(db), kind, request.body);
      if (again === null) return reply.redirect('/write/thanks', 303);
      return reply.code(422).type('text/html; charset=utf-8').send(again);
    },
  );
}

/** Shows a refusal to a person with a browser. Before there is a newsroom it is plain text. */
export async function failurePage(
  context: ServerContext,
  reply: FastifyReply,
  failure: ServerError,
): Promise<void> {
  const newsroom = await findNewsroom(context.store.db).catch(() => null);
  if (newsroom) await reply.type('text/html; charset=utf-8').send(problemPage(newsroom, failure));
  else await reply.type('text/plain; charset=utf-8').send(`${failure.message}\n`);
}
