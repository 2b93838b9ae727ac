import type { InboxMessage } from '#shared/api';
import {
  bytesDerivedFrom,
  newId,
  newLocalId,
  type Block,
  type Id,
  type RandomBytes,
} from '#shared/article';
import { StetError } from '#shared/contract';
import { can } from '#shared/workflow';
import { startArticle, type Beginning } from './editing.ts';
import type { ArticleHandlers, Context } from './types.ts';

type Inbox = Pick<ArticleHandlers, 'inbox.list' | 'inbox.handle' | 'inbox.toArticle'>;

/** Readers' messages to a desk. */
export function inboxHandlers(context: Context): Inbox {
  const { store, emit, wake, statusChanged } = context;

  const becameOf = (message: InboxMessage): Id | null => {
    const id = articleMadeOf(message);
    return store.articles.exists(id) ? id : null;
  };

  const mayHandle = (id: Id): InboxMessage => {
    const message = store.inbox.get(id);
    if (!message) throw new StetError('not-found', 'This message is no longer there.');
    if (!can(context.person(), 'inbox.handle', { desk: message.desk }))
      throw new StetError('forbidden', 'This message belongs to another desk.');
    return message;
  };
  const handle = ({ id, desk, handledBy }: InboxMessage, handled: boolean): void => {
    if ((handledBy !== null) === handled) return;
    store.outbox.add({ kind: 'inbox-handled', message: id, handled }, context.person().id);
    emit('inbox', { desk });
    emit('lists', {});
    wake();
    statusChanged();
  };

  return {
    'inbox.list': ({ desk }) => {
      if (!can(context.person(), 'inbox.read', { desk }))
        throw new StetError('forbidden', 'Only people of this desk read its messages.');
      return {
        messages: store.inbox.list(desk).map((one) => ({ ...one, became: becameOf(one) })),
      };
    },
    'inbox.handle': ({ message, handled }) => {
      handle(mayHandle(message), handled);
      return {};
    },
    'inbox.toArticle': ({ message: id }) => {
      const message = mayHandle(id);
      const article = becameOf(message) ?? startArticle(context, beginningOf(message));
      handle(message, true);
      return { article };
    },
  };
}

/**
 * The article that a message becomes and the blocks of its text have ids that follow from the message, and it begins
 * with nothing of whoever makes it. So two people who each make it offline make the same one, with the same first
 * revision, and what they then write is joined like any other work.
 */
function beginningOf(message: InboxMessage): Beginning {
  const { id, desk, subject, name, text } = message;
  return {
    id: articleMadeOf(message),
    desk,
    fields: {
      headline: subject,
      byline: [],
      source: name.slice(0, 300),
      editorsNote: `Sent by a reader: ${senderOf(message)}, ${momentOf(message)}. Verify before use.`,
    },
    body: paragraphsOf(text, bytesDerivedFrom(`blocks of message ${id}`)),
    note: 'From a reader’s message',
  };
}

function articleMadeOf({ id, at }: InboxMessage): Id {
  return newId(() => Date.parse(at), bytesDerivedFrom(`article of message ${id}`));
}

/** A reader need not say who they are. */
function senderOf({ name, email }: InboxMessage): string {
  const given = [name.trim(), email && `<${email}>`].filter(Boolean).join(' ');
  return given || 'no name given';
}

/** Colleagues read it whose clocks may stand elsewhere. */
function momentOf({ at }: InboxMessage): string {
  return `${at.slice(0, 10)} at ${at.slice(11, 16)} (UTC)`;
}

function paragraphsOf(text: string, random: RandomBytes): Block[] {
  return text
    .split(/\n\s*\n|\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => ({
      type: 'paragraph',
      $: { id: newLocalId(random) },
      children: [{ type: 'text', text: line }],
    }));
}
