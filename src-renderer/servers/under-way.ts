import type { Status } from '#shared/contract';
import { counted } from '../ui/index.ts';

/** What has yet to reach the server, and, while it can be reached, what has yet to come from it; empty when all is through. */
export function underWay({ state, waiting, editing, pictures }: Status['sync']): string[] {
  const changes = waiting + editing;
  const toSend = [
    changes > 0 && counted(changes, 'change'),
    pictures.toSend > 0 && counted(pictures.toSend, 'picture'),
  ].filter((words) => words !== false);
  const isReached = state === 'online' || state === 'syncing';
  return [
    toSend.length > 0 && `${toSend.join(' and ')} waiting to go`,
    isReached && pictures.toCome > 0 && `${counted(pictures.toCome, 'picture')} yet to come`,
  ].filter((words) => words !== false);
}
