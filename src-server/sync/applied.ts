import type { ArticleRecord, Op, Person } from '#shared/api';
import type { ServerContext } from '../context.ts';
import type { Unit } from '../store/index.ts';

/** What applying an operation came to, before it is numbered and made permanent. */
export type Applied =
  | { outcome: 'accepted' | 'diverged'; article: ArticleRecord['id'] | null }
  | { outcome: 'refused'; code: string; message: string };

/** Who pushes, and with what the operation is applied. */
export interface Applying {
  context: ServerContext;
  unit: Unit;
  actor: Person;
}

export type Payload<K extends Op['payload']['kind']> = Extract<Op['payload'], { kind: K }>;

export function refused(code: string, message: string): Applied {
  return { outcome: 'refused', code, message };
}

export function accepted(article: ArticleRecord['id'] | null): Applied {
  return { outcome: 'accepted', article };
}
