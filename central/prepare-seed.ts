import type { Pool } from 'pg';
import type { Clock } from '../shared/clock.ts';
import { seedAccounts, seedIntakeKeys } from './seed/accounts.ts';
import { seedChunks } from './seed/generate.ts';
import { anchorShiftFor } from './seed/spans.ts';
import { isEmpty, loadSeed, type SeedProgress } from './seed-load.ts';

export interface SeedChoice {
  /** The integer that the set follows from. */
  number: number;
  /** Instant to build the set around, moved by whole weeks; null: the clock's now. */
  anchor: number | null;
  /** Cases up to the anchor; null: the two years that the figures stand for. */
  cases: number | null;
}

/** Key with which the simulator and demonstrations post for every source. Part of the demo set only. */
export const demoIntakeKey = 'intake-demo';

/** Fills an empty database with the demo county. Returns null when it holds data already. */
export async function seedIfEmpty(
  pool: Pool,
  clock: Clock,
  choice: SeedChoice,
  tell: (progress: SeedProgress) => void,
): Promise<SeedProgress | null> {
  if (!(await isEmpty(pool))) return null;
  const now = clock.now();
  const weeks = anchorShiftFor(choice.anchor ?? now);
  const cases = choice.cases ?? undefined;
  return loadSeed(
    pool,
    {
      chunks: seedChunks({ seed: choice.number, anchorShiftWeeks: weeks, now, cases }),
      accounts: seedAccounts,
      intakeKeys: [...seedIntakeKeys, { source: '*', key: demoIntakeKey }],
    },
    tell,
  );
}
