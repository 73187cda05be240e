import type { PoolClient } from 'pg';
import type { Call } from '../../shared/model/call.ts';
import type { Case } from '../../shared/model/case.ts';
import { contextFrom } from '../../shared/model/commands/context.ts';
import { needsOf, referencesOf } from '../../shared/model/commands/registry.ts';
import {
  type CommandContext,
  type Effects,
  type Recording,
  recordKinds,
  tableOfRecords,
} from '../../shared/model/effects.ts';
import type { SyncTable } from '../../shared/protocol/tables.ts';
import { dateKey } from '../../shared/time/shanghai.ts';
import type { Revision } from './in-revision.ts';
import { type Queryable, selectRows } from './rows.ts';

export async function lockCase(client: PoolClient, caseId: string): Promise<Case | null> {
  return (await selectRows(client, 'case', 'WHERE id = $1 FOR UPDATE', [caseId]))[0] ?? null;
}

export async function findCase(db: Queryable, caseId: string): Promise<Case | null> {
  return (await selectRows(db, 'case', 'WHERE id = $1', [caseId]))[0] ?? null;
}

/** What a command may know beside its case: the rows that its arguments name, and those it asks for. */
export async function loadContext(
  client: PoolClient,
  caseId: string,
  command: { name: string; args: unknown },
  head: Pick<CommandContext, 'commandId' | 'at' | 'operator'>,
  recording: Recording | undefined,
): Promise<CommandContext> {
  const ids = referencesOf(command.args);
  const needs = needsOf(command.name);
  const found = new Map<SyncTable, ReadonlyMap<string, unknown>>();
  const load = async (table: SyncTable, tail: string, values: unknown[]) => {
    found.set(table, byId(await selectRows(client, table, tail, values)));
  };
  const named = {
    person: ids.personIds,
    village: ids.villageCodes,
    department: ids.departmentIds,
    campaign: ids.campaignIds,
    case: ids.caseIds,
  };
  for (const [table, wanted] of Object.entries(named))
    if (wanted.length > 0) await load(table as SyncTable, 'WHERE id = ANY($1)', [wanted]);
  for (const kind of recordKinds)
    if ((needs as readonly string[]).includes(kind))
      await load(tableOfRecords[kind], 'WHERE case_id = $1 ORDER BY id', [caseId]);
  if (needs.includes('rules')) await load('setting', 'WHERE id = $1', ['caseRules']);
  const mergedHere = needs.includes('mergedHere')
    ? (await client.query<{ id: string }>('SELECT id FROM cases WHERE merged_into_id = $1 ORDER BY id', [caseId])).rows
    : [];
  return contextFrom(head, command, {
    named: (table) => (found.get(table) ?? new Map()) as never,
    records: (kind) => [...(found.get(tableOfRecords[kind])?.values() ?? [])] as never,
    mergedHere: () => mergedHere.map(({ id }) => id),
    ...(recording && { recording: () => recording }),
    caseRules: () => (found.get('setting')?.get('caseRules') as { value: unknown } | undefined)?.value ?? null,
  });
}

function byId<R extends { id: string }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** A call of another case has this id already: storing would overwrite it. */
export async function foreignCall(client: PoolClient, calls: readonly Call[]): Promise<boolean> {
  for (const call of calls) {
    const found = await client.query('SELECT 1 FROM call WHERE id = $1 AND case_id <> $2', [call.id, call.caseId]);
    if (found.rows.length > 0) return true;
  }
  return false;
}

export async function storeEffects(revision: Revision, effects: Effects): Promise<void> {
  await revision.upsert('case', [effects.case]);
  for (const kind of recordKinds) await revision.upsert(tableOfRecords[kind], effects[kind]);
}

/**
 * The next case number of the Shanghai month of `at`: XY-2023-08-0007, going on from what the table holds. Serialised by the revision's lock,
 * without gaps.
 */
export async function nextCaseNo(client: PoolClient, at: number): Promise<string> {
  const month = dateKey(at).slice(0, 7);
  const prefix = `XY-${month}-`;
  const next = await client.query<{ last: number }>(
    'UPDATE case_counter SET last = last + 1 WHERE month = $1 RETURNING last',
    [month],
  );
  const last = next.rows[0]?.last ?? (await firstOfMonth(client, month, prefix));
  return `${prefix}${String(last).padStart(4, '0')}`;
}

async function firstOfMonth(client: PoolClient, month: string, prefix: string): Promise<number> {
  const found = await client.query<{ last: number }>(
    `INSERT INTO case_counter SELECT $1, COALESCE(max(substr(no, length($2) + 1)::bigint), 0) + 1 FROM cases
     WHERE starts_with(no, $2) AND substr(no, length($2) + 1) ~ '^[0-9]{1,9}$' RETURNING last`,
    [month, prefix],
  );
  return found.rows[0]?.last ?? 1;
}
