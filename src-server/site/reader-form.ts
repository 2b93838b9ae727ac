import { html } from 'ghtml';
import { z } from 'zod';
import { newId } from '#shared/article';
import { InboxMessage, type Newsroom } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findArticle, findPublicationByPath, listDesks, saveMessage } from '../store/index.ts';
import { renderPage } from './layout.ts';

export const FORMS = {
  comment: {
    title: 'Comments',
    lead: 'Say what you think of an article, or of all of them.',
    text: 'Your comment',
  },
  update: {
    title: 'News and story updates',
    lead: 'Tell the desk what has happened since, or what is wrong.',
    text: 'What is new, and how you know',
  },
  suggestion: {
    title: 'Suggestions',
    lead: 'Tell the newsroom what it should look into, or do better.',
    text: 'Your suggestion',
  },
  story: {
    title: 'Story submissions',
    lead: 'Send a story of your own. An editor reads every one.',
    text: 'Your story',
  },
} as const satisfies Record<InboxMessage['kind'], { title: string; lead: string; text: string }>;

/** What the form sends. `website` is the trap: people do not see it, programs fill it in. */
const FormBody = z.object({
  name: z.string().max(200).default(''),
  email: z
    .union([z.literal(''), z.email('This e-mail address looks incomplete.').max(320)])
    .default(''),
  subject: z.string().max(300).default(''),
  text: z
    .string()
    .trim()
    .min(1, 'Write something first.')
    .max(50_000, 'This is longer than 50,000 characters. Send it in parts.'),
  about: z.string().max(2000).default(''),
  website: z.string().default(''),
});

type Values = Partial<Record<keyof z.output<typeof FormBody>, string>>;

export function isFormKind(kind: string): kind is InboxMessage['kind'] {
  return Object.hasOwn(FORMS, kind);
}

export function formPage(
  newsroom: Newsroom,
  kind: InboxMessage['kind'],
  values: Values,
  problem?: string,
): string {
  const { title, lead, text } = FORMS[kind];
  return renderPage(
    { newsroom, title, ...(values.about ? {} : { canonical: `/write/${kind}` }) },
    html`<h1>${title}</h1>
      <p class="standfirst">${lead}</p>
      !${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
      <form method="post" action="/write/${kind}">
        <label
          >Your name <small>If you like</small
          ><input name="name" maxlength="200" autocomplete="name" value="${values.name ?? ''}"
        /></label>
        <label
          >E-mail <small>Only if you would like an answer</small
          ><input
            name="email"
            type="email"
            maxlength="320"
            autocomplete="email"
            value="${values.email ?? ''}"
        /></label>
        <label
          >Subject<input name="subject" maxlength="300" value="${values.subject ?? ''}"
        /></label>
        <label
          >${text}<textarea name="text" rows="10" maxlength="50000" required>
${values.text ?? ''}</textarea>
        </label>
        <label class="trap" aria-hidden="true"
          >Leave this empty<input name="website" tabindex="-1" autocomplete="off"
        /></label>
        <input type="hidden" name="about" value="${values.about ?? ''}" />
        <p>
          !${'It goes to the editors and nowhere else: see <a href="/privacy">Privacy &amp; cookies</a>.'}
        </p>
        <button>Send</button>
      </form>`,
  );
}

export function thanksPage(newsroom: Newsroom): string {
  return renderPage(
    { newsroom, title: 'Thank you' },
    html`<h1>Thank you</h1>
      <p class="standfirst">Your message has reached the desk.</p>
      <p><a href="/">Back to ${newsroom.name}</a></p>`,
  );
}

/** Takes in a reader's message. Gives the page to show again when something is missing, null when it was taken. */
export async function takeMessage(
  context: ServerContext,
  newsroom: Newsroom,
  kind: InboxMessage['kind'],
  body: unknown,
): Promise<string | null> {
  const parsed = FormBody.safeParse(body ?? {});
  if (!parsed.success) {
    const values = z.record(z.string(), z.string()).safeParse(body);
    return formPage(
      newsroom,
      kind,
      values.success ? values.data : {},
      parsed.error.issues[0]?.message,
    );
  }
  const { website, about, ...message } = parsed.data;
  // A program that filled in the trap is thanked like anyone, and learns nothing.
  if (website !== '') return null;
  await context.store.write(async (unit) => {
    const publication = about ? await findPublicationByPath(unit.db, about) : null;
    const article = publication ? await findArticle(unit.db, publication.article) : null;
    const desk = article?.desk ?? (await listDesks(unit.db))[0]?.id;
    if (!desk)
      throw new ServerError(
        'unavailable',
        'The newsroom has no desk to read messages yet. Try again later.',
      );
    await saveMessage(unit, {
      ...message,
      id: newId(context.clock, context.random),
      kind,
      desk,
      article: article?.id ?? null,
      at: unit.at,
      handledBy: null,
    });
  });
  return null;
}
