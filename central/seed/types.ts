import type { Role, Source } from '../../shared/model/codes.ts';
import type { SyncRow, SyncTable } from '../../shared/protocol/tables.ts';

export interface SeedOptions {
  /** The one integer everything follows from. */
  seed: number;
  /** Whole weeks by which the history is moved from its anchor of 2023-08-21 20:00 +08:00. */
  anchorShiftWeeks: number;
  /** Epoch ms. Nothing later exists in the set; a case that goes on later is left as it stood then. */
  now: number;
  /**
   * Cases recorded up to the anchor; absent: the statistical year and the whole year before. More adds years before those (with a
   * short timeline), fewer keeps the newest, and then the figures of the year no longer hold.
   */
  cases?: number;
}

/** Rows of one table, ready to be stored; all carry rev 0. */
export type SeedChunk = { [T in SyncTable]: { table: T; rows: SyncRow<T>[] } }[SyncTable];

/** A demo account. The password is plain here and hashed by who stores it. */
export interface SeedAccount {
  id: string;
  username: string;
  password: string;
  name: string;
  role: Role;
  townCode: string | null;
}

/** A demo key with which a source posts to `/intake/{source}`. */
export interface SeedIntakeKey {
  source: Source;
  key: string;
}

export interface SeedSet {
  tables: { [T in SyncTable]: SyncRow<T>[] };
  accounts: SeedAccount[];
  accountsIntakeKeys: SeedIntakeKey[];
}
