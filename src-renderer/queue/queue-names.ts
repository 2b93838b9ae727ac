import type { Queue } from '#shared/contract';
import { STATES } from '#shared/workflow';

/** What a queue is called above its list. */
export function queueName(queue: Queue): string {
  if (queue.kind === 'mine') return queue.state === 'draft' ? 'Drafts' : 'Sent back';
  if (queue.kind === 'archive') return 'Archive';
  if (queue.kind === 'bin') return 'Bin';
  return queue.state === 'in-review' ? 'To review' : STATES[queue.state].label;
}

/** How a queue is ordered: what waits for review is taken first come, first served. */
export function queueOrder(queue: Queue): string {
  return queue.kind === 'desk' && queue.state === 'in-review' ? 'oldest first' : 'newest first';
}

/** What an empty queue says: what would stand here, and what to do. */
export function emptyQueue(queue: Queue): { title: string; advice: string } {
  if (queue.kind === 'mine')
    return queue.state === 'draft'
      ? {
          title: 'No drafts',
          advice: 'Start a new article, or drop a file onto the window to take it in.',
        }
      : {
          title: 'Nothing was sent back',
          advice: 'An article that a desk chief returns to you waits here with the reason.',
        };
  if (queue.kind === 'archive')
    return {
      title: 'The archive is empty',
      advice: 'Every article of the newsroom stands here once it has reached this computer.',
    };
  if (queue.kind === 'bin')
    return { title: 'The bin is empty', advice: 'What you move to the bin can be restored here.' };
  switch (queue.state) {
    case 'in-review':
      return {
        title: 'Nothing waits for review',
        advice: 'Submitted articles of this desk arrive here, the oldest first.',
      };
    case 'approved':
      return {
        title: 'Nothing is approved',
        advice: 'Approved articles stand here until they are published or scheduled.',
      };
    case 'scheduled':
      return {
        title: 'Nothing is scheduled',
        advice: 'An approved article with a time to go out waits here.',
      };
    case 'published':
      return {
        title: 'Nothing is published yet',
        advice: 'What readers can see of this desk’s work stands here.',
      };
    default:
      return {
        title: `No article is ${STATES[queue.state].label.toLowerCase()}`,
        advice: 'There is nothing to do here.',
      };
  }
}
