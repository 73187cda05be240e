import { z } from 'zod';
import { type Operator, operatorSchema } from '../../shared/protocol/auth.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/** Where a snapshot under way stands: it goes on from `after` at revision `at`, also after a restart. */
export const snapshotPlaceSchema = z.object({
  epoch: z.string(),
  at: z.int(),
  after: z.string().nullable(),
  done: z.int(),
  total: z.int(),
  /** Whether rows were here when it began: they are replaced or, at the end, removed. */
  replaces: z.boolean().default(true),
});
export type SnapshotPlace = z.infer<typeof snapshotPlaceSchema>;

/** A first load under way: what was put off until its rows are in. See first-load.ts. */
const firstLoadSchema = z.object({
  indexes: z.array(z.object({ name: z.string(), sql: z.string() })),
  /** Number `n` of the last case whose search text is made. */
  /** Revision of the rows once they are all in. */
  cursor: z.int().nullable(),
  /** Steps from there to the end. */
  steps: z.int(),
});
export type FirstLoad = z.infer<typeof firstLoadSchema>;

/** What a replica knows about itself: one row a fact. */
const facts = {
  /** Revision up to which the replica holds everything. Absent until the first snapshot is whole. */
  cursor: z.int(),
  /** Newest revision of the data set the server was seen at: it may be ahead of the cursor. */
  seenRev: z.int(),
  /** Data set of the server the cursor belongs to. */
  epoch: z.string(),
  /** Server's clock minus this machine's, ms. */
  clockOffsetMs: z.int(),
  /** Who is signed in here. */
  operator: operatorSchema,
  /** Server's instant at which the replica was last known to be in step. */
  confirmedAt: z.int(),
  snapshot: snapshotPlaceSchema,
  /** Server's instant at which the last whole comparison with it began that left nothing open. */
  verifiedAt: z.int(),
  /** The same of the last that compared contents too. */
  contentAt: z.int(),
  /** Rows that comparisons found wrong and put right, ever. */
  repairedRows: z.int(),
  /** Tables whose rows are all here. */
  tables: z.array(z.string()),
  /** Town that all rows here belong to; null: the county's. */
  reach: z.object({ town: z.string().nullable() }),
  /** Make of the rollups the file holds; absent while they are not kept. */
  rollups: z.string(),
  load: firstLoadSchema,
} as const;
type Facts = typeof facts;
export type FactName = keyof Facts;

/** Null when unset or unreadable: a fact that is lost costs a resync, never the replica. */
export function readFact<N extends FactName>(db: ReadDb, name: N): z.infer<Facts[N]> | null {
  const stored = db.get<{ value: string }>('SELECT value FROM meta WHERE key = :name', { name });
  if (!stored) return null;
  const parsed = facts[name].safeParse(jsonOrNull(stored.value));
  return parsed.success ? (parsed.data as z.infer<Facts[N]>) : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes nothing where it stands already: a start or a renewed session asks nothing of a full disk. */
export function writeFact<N extends FactName>(db: WriteDb, name: N, value: z.infer<Facts[N]> | null): void {
  const stored = db.get<{ value: string }>('SELECT value FROM meta WHERE key = :name', { name })?.value ?? null;
  const wanted = value === null ? null : JSON.stringify(value);
  if (wanted === stored) return;
  if (wanted === null) db.run('DELETE FROM meta WHERE key = :name', { name });
  else
    db.run(
      'INSERT INTO meta (key, value) VALUES (:name, :wanted) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      { name, wanted },
    );
}

export function readOperator(db: ReadDb): Operator | null {
  return readFact(db, 'operator');
}
