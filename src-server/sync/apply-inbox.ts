import { can } from '#shared/workflow';
import { findMessage, saveMessage } from '../store/index.ts';
import { accepted, refused, type Applied, type Applying, type Payload } from './applied.ts';

/** Marks a reader's message as handled by whoever says so, or as open again. */
export async function applyInboxHandled(
  { unit, actor }: Applying,
  { message: id, handled }: Payload<'inbox-handled'>,
): Promise<Applied> {
  const message = await findMessage(unit.db, id);
  // To someone outside the desk a message that exists looks like one that does not.
  if (!message || !can(actor, 'inbox.handle', message))
    return refused('unknown-message', 'This message is not in an inbox of yours.');
  await saveMessage(unit, { ...message, handledBy: handled ? actor.id : null });
  return accepted(null);
}
