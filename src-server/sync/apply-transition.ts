import { refused, type Applied, type Applying, type Payload } from './applied.ts';
import { transit } from '../publishing/index.ts';

/** Carries out a workflow command, or says why not. */
export async function applyTransition(
  { context, unit, actor }: Applying,
  { article, kind: _, ...request }: Payload<'transition'>,
): Promise<Applied> {
  const outcome = await transit(context, unit, actor, article, request);
  return outcome.ok ? { outcome: 'accepted', article } : refused(outcome.code, outcome.message);
}
