import type { StoredRevision } from '#shared/api';
import { canonicalJson, emptyFields, newId, SCHEMA_VERSION, sha256Hex } from '#shared/article';
import { NOON } from '../../helpers/clock-and-random.ts';
import type { ArticleState } from '../../../src-server/store/index.ts';
import { diceOf } from '../world/dice.ts';
import { NEWS, PEOPLE } from '../world/newsroom.ts';

/** An article as a later Stet might write it: a higher schema, with fields and blocks that this one does not know. */
export function futureRevision(number: number): { article: ArticleState; stored: StoredRevision } {
  const id = newId(() => NOON, diceOf(77, number).bytes);
  const at = new Date(NOON).toISOString();
  const author = PEOPLE[1]!.id;
  const bytes = canonicalJson({
    schema: SCHEMA_VERSION + 1,
    article: id,
    parents: [],
    fields: { ...emptyFields(), desk: NEWS.id, headline: 'From tomorrow', mood: { warm: 0.25 } },
    body: [{ type: 'hologram', $: { id: 'hologram-01' }, rays: [1, 2, 3] }],
    assets: [],
    conflicts: [],
    signature: 'kept as it is',
  });
  const hash = sha256Hex(bytes);
  return {
    article: {
      id,
      desk: NEWS.id,
      createdBy: author,
      createdAt: at,
      updatedAt: at,
      state: 'draft',
      head: hash,
      sides: [],
      approvedRevision: null,
      publishedRevision: null,
      live: false,
      scheduledAt: null,
      publishedAt: null,
      binned: false,
    },
    stored: { hash, article: id, bytes, envelope: { author, device: author, at } },
  };
}
