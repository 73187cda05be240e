import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openRead } from '../../../electron/db/connection.ts';
import { rowsOfSpan } from '../../../electron/db/digest.ts';
import { markDamaged } from '../../../electron/db/heal/aside.ts';
import { asDamage, isDamage } from '../../../electron/db/heal/damage.ts';
import { type OpenedReplica, openReplica } from '../../../electron/db/heal/open-replica.ts';
import { shownCommands } from '../../../electron/db/outbox.ts';
import { queryHandlers } from '../../../electron/db/queries/handlers.ts';
import { sampleFilter } from '../../../electron/db/sample.test-support.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import type { ScriptedServer } from '../../../electron/sync/scripted-transport.test-support.ts';
import type { DigestMode } from '../../../shared/protocol/digest.ts';
import { syncTableNames } from '../../../shared/protocol/tables.ts';
import { Chance } from '../simulator/random.ts';
import { type Damage, spoil } from './damages.ts';
import { later, type Met, work } from './desk.ts';
import { copyOf, type Original } from './original.ts';

/**
 * How a damage ended. Made anew: found at the start, by the sync, by a query, or by the look through the file. Not made anew, and then: `harmless` (every
 * row is the server's), or rows differ and the comparison with the server finds them by their revisions, or by their contents, or only what is
 * derived from rows differs (search text, counts).
 */
export const outcomes = [
  'start',
  'sync',
  'query',
  'check',
  'harmless',
  'rowsFoundByRevision',
  'rowsFoundByContent',
  'derivedOnly',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface Trial {
  seed: number;
  damage: Damage;
  outcome: Outcome;
  /** Commands that only the side file still had, or had as they were. */
  restored: number;
  /** Broken promises; must be empty. */
  problems: string[];
}

/** What a sound replica of the same workstation comes to. */
export type Sound = Readonly<Record<DigestMode | 'derived', string>>;

export async function soundEnd(original: Original): Promise<Sound> {
  const file = copyOf(original.closed, 'sound');
  const { db } = openReplica(file, { now: () => later });
  const server = original.server();
  const met = await work(db, file, server);
  const problems = [...(met ? [met.reason] : []), ...brokenPromises(original, server, db)];
  const sound = endOf(db, file);
  db.close();
  rmSync(dirname(file), { recursive: true });
  if (problems.length > 0) throw new Error(`without any damage: ${problems.join('; ')}`);
  return sound;
}

/** Damages a copy of the workstation and lets the app live on with it. */
export async function trial(original: Original, sound: Sound, seed: number): Promise<Trial> {
  const chance = new Chance(seed);
  const file = copyOf(chance.hits(0.5) ? original.killed : original.closed, 'trial');
  const server = original.server();
  const damage = spoil(file, chance);
  const problems: string[] = [];
  let clock = later;
  let outcome: Outcome | null = null;
  let back = 0;
  const open = (): OpenedReplica => {
    const opened = openReplica(file, { now: () => clock++ });
    back += opened.restored;
    return opened;
  };
  try {
    let { db, healed } = open();
    if (healed) outcome = 'start';
    for (;;) {
      const met: Met = (await work(db, file, server)) ?? everyRow(db, file);
      if (!met) break;
      if (met.by === 'stuck' || outcome !== null) {
        problems.push(`${met.by} after ${outcome}: ${met.reason}`);
        break;
      }
      outcome = met.by;
      db.close();
      markDamaged(file, { reason: met.reason, movedTo: null });
      ({ db, healed } = open());
      if (!healed) problems.push('marked as damaged, and not made anew');
    }
    problems.push(...brokenPromises(original, server, db));
    const end = endOf(db, file);
    if (outcome !== null && (end.content !== sound.content || end.derived !== sound.derived))
      problems.push('made anew, and not as the server has it');
    db.close();
    return { seed, damage, outcome: outcome ?? quietOutcome(end, sound), restored: back, problems };
  } catch (error) {
    problems.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    return { seed, damage, outcome: outcome ?? 'harmless', restored: back, problems };
  } finally {
    rmSync(dirname(file), { recursive: true });
  }
}

function quietOutcome(end: Sound, sound: Sound): Outcome {
  if (end.revisions !== sound.revisions) return 'rowsFoundByRevision';
  if (end.content !== sound.content) return 'rowsFoundByContent';
  return end.derived === sound.derived ? 'harmless' : 'derivedOnly';
}

/** Every command once at the server, in the order of its case; refused ones in the tray; what was taken back or dismissed nowhere. */
function brokenPromises(original: Original, server: ScriptedServer, db: WriteDb): string[] {
  const problems: string[] = [];
  const times = new Map<string, number>();
  for (const { id } of server.received) times.set(id, (times.get(id) ?? 0) + 1);
  for (const { id } of original.pending)
    if (times.get(id) !== 1) problems.push(`${id} reached the server ${times.get(id) ?? 0} times`);
  for (const id of original.gone) if (times.has(id)) problems.push(`${id} was taken back or dismissed, and sent`);
  const known = new Set(original.pending.map((one) => one.id));
  for (const { id } of server.received) if (!known.has(id)) problems.push(`${id} was invented`);
  for (const caseId of new Set(original.pending.map((one) => one.caseId))) {
    const given = original.pending.filter((one) => one.caseId === caseId).map((one) => one.id);
    const arrived = server.received.filter((one) => one.caseId === caseId).map((one) => one.id);
    if (arrived.join() !== given.join()) problems.push(`${caseId}: ${arrived.join()} instead of ${given.join()}`);
  }
  const tray = shownCommands(db, null).map((one) => `${one.id} ${one.state} ${one.reason}`);
  const wanted = original.rejected.map(([id, reason]) => `${id} rejected ${reason}`);
  if (tray.join() !== wanted.join()) problems.push(`the tray holds ${tray.join()} instead of ${wanted.join()}`);
  return problems;
}

/** Reads all that a page could ever ask for: what no check sees, a query may. */
function everyRow(db: WriteDb, file: string): Met {
  try {
    endOf(db, file);
    return null;
  } catch (error) {
    const failure = asDamage(error);
    if (!isDamage(failure)) throw error;
    return { by: 'query', reason: failure.message };
  }
}

const searched = ['排水', '宅', '林地合同', '坟山欠薪', 'lin', 'phsp', '第1'];

/** Rows as the comparison with the server sees them, by revision and by content, and what is derived from them: search and counts. */
function endOf(db: WriteDb, file: string): Sound {
  const rows = (mode: DigestMode) =>
    JSON.stringify(syncTableNames.map((table) => rowsOfSpan(db, { table, from: '', to: null }, mode)));
  return { revisions: rows('revisions'), content: rows('content'), derived: derivedOf(file) };
}

function derivedOf(file: string): string {
  const db = openRead(file);
  try {
    const ask = queryHandlers(db, (now) => now());
    const filter = { ...sampleFilter, asOf: later };
    const found = searched.map((text) => {
      const { total, rows } = ask.openList({ filter: { ...filter, text }, sort: 'recorded', limit: 500 });
      return [total, ...rows.map((row) => row.id).sort()];
    });
    const counted = ask.areaCounts({ filter });
    const tables = db.column<string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'rollup%' ORDER BY name`,
    );
    return JSON.stringify([found, counted, tables.map((name) => db.all(`SELECT * FROM ${name}`))]);
  } finally {
    db.close();
  }
}
