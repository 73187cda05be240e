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

/** The next case number of the day of `at`: 仙20230821-0007. Serialised by the revision's lock, without gaps. */
export async function nextCaseNo(client: PoolClient, at: number): Promise<string> {
  const day = dateKey(at).replaceAll('-', '');
  const found = await client.query<{ last: number }>(
    `INSERT INTO case_counter VALUES ($1, 1) ON CONFLICT (day) DO UPDATE SET last = case_counter.last + 1 RETURNING last`,
    [day],
  );
  return `${day}-N${String(found.rows[0]?.last ?? 1).padStart(4, '0')}`;
}
