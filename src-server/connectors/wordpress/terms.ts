import { z } from 'zod';
import { ConnectorError } from '../exchange.ts';
import { lettersOfHtml } from '../html.ts';
import type { Ask } from './api.ts';

const Term = z.object({ id: z.number(), name: z.string() });
const Taken = z.object({ data: z.object({ term_id: z.number() }) });

/** Names come back with their entities; how they are written otherwise makes no difference to a reader. */
function isNamed({ name }: z.infer<typeof Term>, wanted: string): boolean {
  return lettersOfHtml(name).toLowerCase() === lettersOfHtml(wanted).toLowerCase();
}

/** The number of a tag or category, made where it is not there; null where this account may not make it. */
export async function termOf(
  ask: Ask,
  taxonomy: 'categories' | 'tags',
  name: string,
): Promise<string | null> {
  const query = { search: name, per_page: '100' };
  const found = z.array(Term).safeParse((await ask('GET', `/wp/v2/${taxonomy}`, { query })).data);
  const known = found.data?.find((term) => isNamed(term, name));
  if (known) return String(known.id);
  try {
    const { status, data } = await ask('POST', `/wp/v2/${taxonomy}`, { body: { name } });
    if (status < 300) return String(Term.parse(data).id);
    const taken = Taken.safeParse(data);
    return taken.success ? String(taken.data.data.term_id) : null;
  } catch (error) {
    // An author may add tags but no categories.
    if (error instanceof ConnectorError && error.kind === 'denied') return null;
    throw error;
  }
}
