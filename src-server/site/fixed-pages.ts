import { html } from 'ghtml';
import type { Newsroom } from '#shared/api';
import type { ServerError } from '../errors.ts';
import { renderPage } from './layout.ts';

/** What the site knows of its readers. Every sentence here must stay true. */
export function privacyPage(newsroom: Newsroom): string {
  return renderPage(
    { newsroom, title: 'Privacy & cookies', canonical: '/privacy' },
    html`<h1>Privacy &amp; cookies</h1>
      <p class="standfirst">This site sets no cookies and follows nobody.</p>
      <div class="body">
        <h2>Cookies</h2>
        <p>
          ${newsroom.name} stores nothing in your browser: no cookies, no identifiers, no scripts.
          There is nothing to accept or refuse.
        </p>
        <h2>Reading</h2>
        <p>
          Pages, typefaces and pictures come from this site alone. No advertising and no measuring
          service learns that you were here. To hold off floods of messages the server keeps the
          network address of whoever sends one in memory for ten minutes, and then forgets it.
        </p>
        <h2>Writing to us</h2>
        <p>
          What you put into a form is stored on the newsroom’s publishing server and on the
          computers of the editors of the desk that it went to. Name and e-mail are yours to leave
          out. To have a message removed, write to us again and say which.
        </p>
        <h2>Links</h2>
        <p>
          Articles link to other sites. Those have rules of their own; they learn from your browser
          that you came from this site, but not which article you read.
        </p>
      </div>`,
  );
}

/** What a person sees who opens the address of an invitation in a browser. The code stands after the # and stays there. */
export function invitationPage(newsroom: Newsroom): string {
  return renderPage(
    { newsroom, title: 'Your invitation' },
    html`<h1>Your invitation to ${newsroom.name}</h1>
      <p class="standfirst">
        Invitations are taken up in Stet, the newsroom’s editorial workstation.
      </p>
      <div class="body">
        <ol>
          <li>Open Stet and choose <strong>Connect to a publishing server</strong>.</li>
          <li>Enter the address <strong>${newsroom.siteUrl}</strong>.</li>
          <li>Enter the code from the link you were sent: everything after the # sign.</li>
        </ol>
      </div>`,
  );
}

const TITLES: Partial<Record<ServerError['code'], string>> = {
  'not-found': 'There is nothing here',
  'too-many': 'Too many messages',
  forbidden: 'This could not be sent',
};

/** Any refusal as a page. */
export function problemPage(newsroom: Newsroom, { code, message }: ServerError): string {
  const title = TITLES[code] ?? 'This did not work';
  return renderPage(
    { newsroom, title },
    html`<h1>${title}</h1>
      <p class="standfirst">${message}</p>
      <p><a href="/">See the newest articles</a></p>`,
  );
}
