import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { DispatchDesk } from './intake/dispatch-desk.ts';
import type { RevisionHub } from './notices/revision-hub.ts';

/** What the routes share. */
export interface Central {
  pool: Pool;
  clock: Clock;
  log: Logger;
  hub: RevisionHub;
  desk: DispatchDesk;
  /** Keys given at start, beside those in the database: key → source, '*' for every source. */
  intakeKeys: ReadonlyMap<string, string>;
}
