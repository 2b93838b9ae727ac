import type { AuditRecord } from '#shared/api';
import { auditBefore, listPeople, verifyAudit } from '../store/index.ts';
import { printColumns } from './columns.ts';
import { withContext, type DataOptions } from './data-dir.ts';
import { CommandError } from './failure.ts';

function detailOf({ detail }: AuditRecord): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

/** Prints the newest entries of the audit log, the newest last, as a log is read. */
export async function audit(
  options: DataOptions & { last: number },
  print: (line: string) => void,
): Promise<void> {
  await withContext(options, async ({ store }) => {
    const logins = new Map((await listPeople(store.db)).map(({ id, login }) => [id, login ?? id]));
    const entries = await auditBefore(store.db, { limit: options.last });
    const rows = entries.reverse().map((entry) => {
      const { n, at, actor, action, subject } = entry;
      const who = actor === null ? 'server' : (logins.get(actor) ?? actor);
      return [String(n), at, who, action, logins.get(subject) ?? subject, detailOf(entry)];
    });
    printColumns(rows, print);
  });
}

/** Recomputes the audit log's chain of hashes. */
export async function auditVerify(
  options: DataOptions,
  print: (line: string) => void,
): Promise<void> {
  await withContext(options, async ({ store }) => {
    const { entries, brokenAt } = await verifyAudit(store.db);
    if (brokenAt !== null)
      throw new CommandError(
        `The audit log was tampered with: entry ${brokenAt} does not fit the one before it.`,
      );
    print(`The audit log is whole: ${entries} entries.`);
  });
}
