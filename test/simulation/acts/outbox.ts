import { canonicalJson, type Hash } from '#shared/article';
import type { OpPayload } from '#shared/api';
import { isWhole, KeptOp } from '../checks/vault-watch.ts';
import type { Core } from '../world/client.ts';
import type { Turn } from './desk-work.ts';

const payloadsOf = ({ store }: Core): string[] =>
  store.outbox.entries().map(({ op }) => canonicalJson(op.payload));

/** Looks through what was refused: tries again, saves it all as a file, or lets go of what is no text. */
export async function tidyOutbox(turn: Turn): Promise<void> {
  const { core, dice, world, client } = turn;
  await exportAll(turn);
  const refused = core.store.outbox.entries().filter(({ state }) => state === 'parked');
  if (refused.length === 0) return;
  const withTheirText = refused.filter(({ op: { payload } }) =>
    refused.some(
      ({ op: { payload: text } }) =>
        payload.kind === 'transition' &&
        text.kind === 'revision' &&
        text.revision.hash === payload.revision,
    ),
  );
  const { op } = dice.pick(withTheirText.length > 0 && dice.chance(0.7) ? withTheirText : refused);
  const before = payloadsOf(core);
  const lets = op.payload.kind !== 'revision' && dice.chance(0.4);
  // Another computer of the same person may have sent the comment; then it stays.
  if (lets && op.payload.kind === 'comment') world.ledger.unsay(op.payload.entry.id);
  const action = lets ? 'outbox.dismiss' : 'outbox.retry';
  await core.articles.handlers[action]({ id: op.id });
  const after = payloadsOf(core);
  const should = lets ? without(before, canonicalJson(op.payload)) : before;
  if (should.sort().join() !== after.sort().join())
    world.broken(9, `Client ${client.index}: ${action} of one thing changed what else waits.`);
  const goesOut = core.store.outbox
    .entries()
    .some(
      ({ state, op: other }) =>
        state === 'waiting' && canonicalJson(other.payload) === canonicalJson(op.payload),
    );
  if (!lets && !goesOut)
    world.broken(
      9,
      `Client ${client.index} tries a ${op.payload.kind} again, and it waits nowhere.`,
    );
  if (!lets && op.payload.kind === 'transition') comesBehindItsRevision(turn, op.payload.revision);
}

/** A command that is tried again can pass: the revision that it names was not left behind, nor put behind it. */
function comesBehindItsRevision({ core, world, client }: Turn, revision: Hash): void {
  const sent = core.store.outbox
    .entries()
    .flatMap(({ op: { payload, seq }, state }) =>
      payload.kind === 'revision' && payload.revision.hash === revision ? [{ seq, state }] : [],
    );
  const commands = core.store.outbox
    .entries()
    .flatMap(({ op: { payload, seq }, state }) =>
      payload.kind === 'transition' && payload.revision === revision && state === 'waiting'
        ? [seq]
        : [],
    );
  // The one that is tried again comes last; another may have waited all along.
  if (sent.some(({ seq, state }) => state === 'parked' || seq > Math.max(...commands)))
    world.broken(12, `Client ${client.index} tries a command again without what it names.`);
}

function without(list: readonly string[], one: string): string[] {
  return list.toSpliced(list.indexOf(one), 1);
}

/** The file holds everything that waits or was refused, as it could be sent. */
async function exportAll({ core, world, client }: Turn): Promise<void> {
  const { text } = await core.articles.handlers['outbox.export']({});
  const { operations } = JSON.parse(text) as { operations: unknown[] };
  const payloads: OpPayload[] = operations.map((operation) => KeptOp.parse(operation).payload);
  const [inFile, waiting] = [payloads.map((each) => canonicalJson(each)), payloadsOf(core)];
  const isSound = payloads.every((each) => each.kind !== 'revision' || isWhole(each.revision));
  if (!isSound || inFile.sort().join() !== waiting.sort().join())
    world.broken(9, `Client ${client.index}: the outbox as a file lacks something.`);
}
