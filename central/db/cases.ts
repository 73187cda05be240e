import type { PoolClient } from 'pg';
import type { Call } from '../../shared/model/call.ts';
import type { Case } from '../../shared/model/case.ts';
import { referencesOf } from '../../shared/model/commands/registry.ts';
import type { CommandContext, Effects } from '../../shared/model/effects.ts';
import { dateKey } from '../../shared/time/shanghai.ts';
import type { Revision } from './in-revision.ts';
import { type Queryable, selectRows } from './rows.ts';

export async function lockCase(client: PoolClient, caseId: string): Promise<Case | null> {
  return (await selectRows(client, 'case', 'WHERE id = $1 FOR UPDATE', [caseId]))[0] ?? null;
}

export async function findCase(db: Queryable, caseId: string): Promise<Case | null> {
  return (await selectRows(db, 'case', 'WHERE id = $1', [caseId]))[0] ?? null;
}

/** What a command may know beside its case: the rows that its arguments name. */
export async function loadContext(
  client: PoolClient,
  caseId: string,
  args: unknown,
  head: Pick<CommandContext, 'commandId' | 'at' | 'operator'>,
): Promise<CommandContext> {
  const { personIds, villageCodes } = referencesOf(args);
  const persons = personIds.length > 0 ? await selectRows(client, 'person', 'WHERE id = ANY($1)', [personIds]) : [];
  const villages =
    villageCodes.length > 0 ? await selectRows(client, 'village', 'WHERE id = ANY($1)', [villageCodes]) : [];
  const calls = await selectRows(client, 'call', 'WHERE case_id = $1', [caseId]);
  return { ...head, persons: byId(persons), villages: byId(villages), calls: byId(calls) };
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
  await revision.upsert('caseEvent', effects.events);
  await revision.upsert('call', effects.calls);
  await revision.upsert('message', effects.messages);
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
