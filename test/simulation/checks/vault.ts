import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';
import { isWhole, KeptOp, readVault } from './vault-watch.ts';

/** Whether the server has yet to say if it lost something of the article, which may be nowhere else. */
const isAskedAbout = ({ outbox, revisions }: Store, article: Id): boolean =>
  outbox
    .pending(article)
    .some(
      ({ payload, state }) =>
        state === 'waiting' && payload.kind === 'revision' && revisions.isKnown(payload.hash),
    );

/** Who works on no desk keeps no copy of what somebody else started, once this computer has heard of it and asked about it. */
export function checkClosed({ watch, clients, broken }: World): void {
  for (const { core, who, index } of clients) {
    if (!core || watch.memberships(who.id).length > 0) continue;
    const heard = core.store.people.person(who.id)?.memberships.length === 0;
    if (!heard || core.engine.standing().state !== 'online') continue;
    const open = core.store.articles
      .serverRecords()
      .find(({ id, createdBy }) => createdBy !== who.id && !isAskedAbout(core.store, id));
    if (open) broken(9, `Client ${index} still has ${open.id}, which is closed to ${who.name}.`);
  }
}

/** In the end everything in every vault can still be read, and be sent again byte for byte. */
export function checkVaults({ clients, broken }: World): void {
  for (const client of clients)
    for (const text of textsIn(client)) {
      const problem = readVault(text)
        .kept.operations.map(problemOf)
        .find((each) => each !== null);
      if (problem != null) broken(9, `The vault of client ${client.index} holds ${problem}`);
    }
}

function textsIn({ dir }: Client): string[] {
  const vault = join(dir, 'vault');
  const names = readdirSync(dir).includes('vault') ? readdirSync(vault) : [];
  return names.filter((name) => name.endsWith('.txt')).map((name) => join(vault, name));
}

function problemOf(operation: unknown): string | null {
  try {
    const { payload } = KeptOp.parse(operation);
    const isSound = payload.kind !== 'revision' || isWhole(payload.revision);
    return isSound ? null : 'a revision with other bytes than its name says';
  } catch (error) {
    return `an operation that cannot be sent again: ${String(error)}`;
  }
}
