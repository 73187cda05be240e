import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../../electron/db/commands/give.ts';
import { urgeResponsibles } from '../../../electron/db/commands/urge-responsibles.ts';
import { readFact } from '../../../electron/db/meta.ts';
import { openCommandsOf } from '../../../electron/db/outbox.ts';
import { ownRev } from '../../../electron/db/rebase.ts';
import { readRow, sqlTable } from '../../../electron/db/rows.ts';
import { sampleInstant } from '../../../electron/db/sample.test-support.ts';
import type { ReadDb, WriteDb } from '../../../electron/db/statements.ts';
import type { Case } from '../../../shared/model/case.ts';
import { type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import type { ScriptedCounty } from './county-script.ts';
import { openDesk } from './desk-parts.ts';
import type { Mark, Place } from './marks.ts';

/** What the desk had said of itself up to a cut. */
export class Said {
  readonly acknowledged = new Set<string>();
  /** What may be gone because the operator takes it back, and what must be. */
  readonly takingBack = new Set<string>();
  readonly takenBack = new Set<string>();
  /** Command to the revision that may settle it. */
  readonly accepted = new Map<string, number>();
  /** Places in the order they were gone to; those below `arrived` are behind it for good. */
  readonly places: string[] = [];
  arrived = -1;

  hear(mark: Mark): void {
    switch (mark.t) {
      case 'acknowledged':
        for (const id of mark.ids) this.acknowledged.add(id);
        break;
      case 'takingBack':
      case 'takenBack':
        for (const id of mark.ids) this[mark.t].add(id);
        break;
      case 'accepted':
        this.accepted.set(mark.id, mark.rev);
        break;
      case 'goingTo':
        this.places.push(JSON.stringify(mark.place));
        break;
      case 'arrived':
        this.arrived = this.places.length - 1;
        break;
      default:
        mark satisfies never;
    }
  }
}

export interface Verdict {
  /** Acknowledged commands that are gone, and acknowledged takings back that are. */
  lost: string[];
  /** Everything else that must hold and does not. */
  problems: string[];
}

/** Puts what a cut left into `folder`, opens it as the app does at its next start, and holds it against what had been said. */
export function judge(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
  sideFile: boolean,
  said: Said,
  county: ScriptedCounty,
): Verdict {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  // What shared memory held is gone; where the system kept the file, it may hold anything.
  if (said.places.length % 2 === 0) writeFileSync(join(folder, 'replica.db-shm'), Buffer.alloc(32_768, 0xa5));
  let db: WriteDb;
  try {
    db = openDesk(join(folder, 'replica.db'), sideFile);
  } catch (error) {
    return { lost: [...said.acknowledged], problems: [`it does not open: ${String(error)}`] };
  }
  try {
    const sound = integrityProblems(db);
    if (sound.length > 0) return { lost: [], problems: sound };
    return {
      lost: lostCommands(db, said),
      problems: [...placeProblems(db, said, county), ...overlayProblems(db), ...workProblems(db, county)],
    };
  } catch (error) {
    return { lost: [], problems: [`it cannot be read: ${String(error)}`] };
  } finally {
    db.close();
  }
}

export function integrityProblems(db: ReadDb): string[] {
  const integrity = db.column<string>('PRAGMA integrity_check');
  const keys = db.all('PRAGMA foreign_key_check');
  return [
    ...(integrity[0] === 'ok' ? [] : integrity.slice(0, 3)),
    ...(keys.length === 0 ? [] : [`${keys.length} rows point at nothing`]),
  ];
}

function lostCommands(db: ReadDb, said: Said): string[] {
  const kept = new Set(db.column<string>('SELECT id FROM outbox'));
  const place = placeOf(db, said);
  // A resync has no cursor; what had come back before it began is settled all the same.
  const held = place === null ? 0 : 'cursor' in place ? place.cursor : place.prior;
  return [...said.acknowledged].filter((id) => {
    const settledAt = said.accepted.get(id);
    if (said.takenBack.has(id)) return kept.has(id);
    return !kept.has(id) && !said.takingBack.has(id) && (settledAt === undefined || settledAt > held);
  });
}

/** Server rows and cursor are those of one place, whole, and no place behind one that was said to last. */
function placeProblems(db: ReadDb, said: Said, county: ScriptedCounty): string[] {
  const place = placeOf(db, said);
  if (place === null)
    return said.arrived < 0 ? unlike(db, new Map(), 'nothing yet') : ['the place of the server’s rows is gone'];
  const index = said.places.lastIndexOf(JSON.stringify(place));
  if (index < 0) return [`it stands at ${JSON.stringify(place)}, where it never went`];
  if (index < said.arrived) return [`it fell back to ${JSON.stringify(place)}`];
  const expected =
    'cursor' in place
      ? county.revisionsAt(place.cursor)
      : county.revisionsDuring(place.prior, place.snapshot, place.parts);
  return unlike(db, expected, JSON.stringify(place));
}

function placeOf(db: ReadDb, said: Said): Place | null {
  const cursor = readFact(db, 'cursor');
  if (cursor !== null) return { cursor };
  const under = readFact(db, 'snapshot');
  if (!under) return null;
  const parts = under.after === null ? 0 : Number(under.after.replace('part-', ''));
  const known = said.places.map((text) => JSON.parse(text) as Place);
  const begun = known.find((one) => 'snapshot' in one && one.snapshot === under.at);
  return { snapshot: under.at, prior: begun && 'prior' in begun ? begun.prior : -1, parts };
}

export function unlike(
  db: ReadDb,
  expected: ReadonlyMap<string, ReadonlyMap<string, number>>,
  place: string,
): string[] {
  const wrong = syncTableNames.flatMap((table) => {
    const theirs = expected.get(table) ?? new Map<string, number>();
    const mine = serverRows(db, table);
    const differing = [...theirs].filter(([id, rev]) => mine.get(id) !== rev).map(([id]) => id);
    return [...differing, ...[...mine.keys()].filter((id) => !theirs.has(id))].map((id) => `${table} ${id}`);
  });
  return wrong.length === 0 ? [] : [`${wrong.length} rows are not those of ${place}: ${wrong.slice(0, 3).join(', ')}`];
}

/** Revisions of the server's rows; overlays are looked through. */
function serverRows(db: ReadDb, table: SyncTable): Map<string, number> {
  const rows = db.all<{ id: string; rev: number }>(`SELECT id, rev FROM ${sqlTable(table)} WHERE rev <> ${ownRev}`);
  const held = new Map(rows.map(({ id, rev }) => [id, rev]));
  const bases = db.all<{ id: string; rev: number | null }>(
    `SELECT id, json_extract("row", '$.rev') AS rev FROM base_row WHERE tbl = :table`,
    { table },
  );
  for (const { id, rev } of bases) {
    if (rev === null) held.delete(id);
    else held.set(id, rev);
  }
  return held;
}

/** A command in the queue shows its effect: queue and screen were written together. */
export function overlayProblems(db: ReadDb): string[] {
  const cases = db.column<string>(
    `SELECT DISTINCT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`,
  );
  return cases.flatMap((caseId) => {
    const base = db.get<{ row: string }>(`SELECT "row" FROM base_row WHERE tbl = 'case' AND id = :caseId`, { caseId });
    const before = base ? (JSON.parse(base.row) as Case) : null;
    const shown = readRow(db, 'case', caseId);
    const open = openCommandsOf(db, caseId);
    const urgings = open.filter((command) => command.name === 'urgeResponsibles').length;
    const missing = open.filter((command) => !readRow(db, 'caseEvent', `${command.id}:0`));
    return [
      ...(shown && before && shown.urgeCount === before.urgeCount + urgings
        ? []
        : [`${caseId} does not show its urgings`]),
      ...missing.map((command) => `${command.id} is queued and not shown`),
    ];
  });
}

/** The next command is taken. */
function workProblems(db: WriteDb, county: ScriptedCounty): string[] {
  if (!readRow(db, 'case', county.caseId(0)) || readFact(db, 'operator') === null) return [];
  const desk: Desk = { db, now: () => sampleInstant, newId: () => 'command-after', workstation: 'desk' };
  const { queued } = urgeResponsibles(desk, { caseIds: [county.caseId(0)], degree: 'red', postKinds: [], note: '' });
  return queued.length === 1 ? [] : ['it takes no command any more'];
}
