import type { Database } from 'better-sqlite3';
import { Failure } from '../../../shared/errors.ts';
import { createReplica } from './0010-create-replica.ts';
import { deriveFacts } from './0020-derive-facts.ts';
import { searchAndQueue } from './0030-search-and-queue.ts';
import { outboxUndo } from './0040-outbox-undo.ts';
import { caseWork } from './0050-case-work.ts';
import { searchZones } from './0060-search-zones.ts';
import { originalDue } from './0070-original-due.ts';

/** "XYRP": marks the file as a replica of this program. */
export const applicationId = 0x58595250;

export interface Migration {
  /** Numbered in tens and never changed once released. */
  version: number;
  sql: string;
}

export const migrations: readonly Migration[] = [
  createReplica,
  deriveFacts,
  searchAndQueue,
  outboxUndo,
  caseWork,
  searchZones,
  originalDue,
];
export const newestVersion = Math.max(...migrations.map((migration) => migration.version));

/** Brings the file to `to`, one transaction a step: a crash leaves the last finished step. Refuses a file from a newer program. */
export function migrate(handle: Database, steps: readonly Migration[] = migrations): void {
  const version = handle.pragma('user_version', { simple: true }) as number;
  const newest = Math.max(...steps.map((step) => step.version));
  if (version > newest)
    throw new Failure('replicaTooNew', `the file is of version ${version}, this program knows ${newest}`, {
      detail: String(version),
    });
  for (const step of steps) {
    if (step.version <= version) continue;
    handle
      .transaction(() => {
        handle.exec(step.sql);
        handle.pragma(`application_id = ${applicationId}`);
        handle.pragma(`user_version = ${step.version}`);
      })
      .immediate();
  }
}
