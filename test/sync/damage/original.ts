import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCall } from '../../../electron/db/commands/call-responsible.ts';
import { undo } from '../../../electron/db/commands/undo.ts';
import { urgeResponsibles } from '../../../electron/db/commands/urge-responsibles.ts';
import { accepted as acceptedAnswer, rejected as rejectedAnswer } from '../../../electron/db/desk.test-support.ts';
import { openReplica } from '../../../electron/db/heal/open-replica.ts';
import { dismiss } from '../../../electron/db/outbox.ts';
import { recordResults } from '../../../electron/db/record-results.ts';
import { rowOfValues } from '../../../electron/db/rows.ts';
import {
  feed,
  fill,
  line,
  sampleCase,
  sampleInstant,
  sampleRegister,
} from '../../../electron/db/sample.test-support.ts';
import type { ServerLine } from '../../../electron/db/server-rows.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { ScriptedServer } from '../../../electron/sync/scripted-transport.test-support.ts';
import type { RowLine } from '../../../shared/protocol/feed.ts';
import { Chance } from '../simulator/random.ts';

const caseCount = 250;
const pulledRevisions = 6;
const serverRevisions = 9;

/** A workstation's folder before the damage, and what must be true after it. */
export interface Original {
  /** Replica of a process that was killed: with its write-ahead log. */
  killed: string;
  /** Of one that was closed. */
  closed: string;
  /** Ids in the order they were given: the server has not seen them, or their desk does not know that it has. */
  pending: { id: string; caseId: string }[];
  /** Refused, not yet dismissed: id and reason. */
  rejected: [id: string, reason: string][];
  /** Taken back or dismissed: must never come back. */
  gone: string[];
  /** A central server of this moment, each time a new one. */
  server(): ScriptedServer;
}

const words = ['排水', '宅基地', '邻里', '欠薪', '噪声', '道路', '坟山', '林地', '合同', '信访'];
const text = (chance: Chance, length: number) => Array.from({ length }, () => chance.pick(words)).join('');

function serverRows(chance: Chance): { at1: ServerLine[]; later: Map<number, ServerLine[]> } {
  const made = (n: number, rev: number) =>
    line(
      'case',
      sampleCase(`case-${n}`, {
        rev,
        title: `第${n}号${text(chance, 6)}（${rev}）`,
        detail: text(chance, chance.between(5, 60)),
        dueAt: sampleInstant + chance.between(-50, 50) * 3_600_000,
      }),
    );
  const event = (n: number, rev: number) =>
    line('caseEvent', {
      id: `event-${n}-${rev}`,
      rev,
      caseId: `case-${n}`,
      kind: 'acted',
      at: sampleInstant - n * 1000,
      actorId: null,
      actorName: null,
      facts: {},
      note: text(chance, 12),
    });
  const all = Array.from({ length: caseCount }, (_, n) => n);
  const at1 = [...sampleRegister(), ...all.flatMap((n) => [made(n, 1), event(n, 1)])];
  const later = new Map<number, ServerLine[]>();
  for (let rev = 2; rev <= serverRevisions; rev += 1)
    later.set(
      rev,
      Array.from({ length: 12 }, (_, k) => chance.between(0, 9) * 25 + k).flatMap((n) => [made(n, rev), event(n, rev)]),
    );
  return { at1, later };
}

const rowLine = (one: ServerLine): RowLine => {
  if (one.kind !== 'row') throw new Error('a row is wanted');
  return { t: 'row', table: one.table, data: rowOfValues(one.table, one.values) } as RowLine;
};
/** Works a desk for a while: pulls, gives, takes back, is refused, dismisses; some of it since the last checkpoint. */
export function makeOriginal(): Original {
  const { at1, later } = serverRows(new Chance(7));
  const file = join(mkdtempSync(join(tmpdir(), 'damage-')), 'replica.db');
  const { db } = openReplica(file, { now: () => sampleInstant });
  fill(db, at1);
  const given: { id: string; caseId: string }[] = [];
  let n = 0;
  const desk = { db, now: () => sampleInstant, newId: () => `cmd-${String(++n).padStart(8, '0')}`, workstation: 'ws' };
  const urge = (...cases: number[]) => {
    const caseIds = cases.map((one) => `case-${one}`);
    const { queued } = urgeResponsibles(desk, { caseIds, degree: 'red', postKinds: [], note: text(new Chance(n), 5) });
    const own = queued.map(({ caseId, commandId }) => ({ id: commandId, caseId }));
    given.push(...own);
    return own.map((one) => one.id);
  };
  const call = (one: number) => {
    const { callId } = startCall(desk, { caseId: `case-${one}`, personId: 'p-1' });
    given.push({
      id: db.column<string>('SELECT id FROM outbox ORDER BY seq DESC LIMIT 1')[0] ?? '',
      caseId: `case-${one}`,
    });
    return callId;
  };
  const pull = (from: number, to: number) => {
    for (let rev = from; rev <= to; rev += 1) feed(db, rev - 1, rev, later.get(rev) ?? []);
  };

  const accepted = [...urge(1), ...urge(2)];
  const refused = [...urge(3), ...urge(4), ...urge(5)];
  urge(6, 7, 8);
  call(9);
  pull(2, 3);
  recordResults(db, [
    ...accepted.map((id) => acceptedAnswer(id, serverRevisions)),
    ...refused.map((id) => rejectedAnswer(id)),
  ]);
  db.all('PRAGMA wal_checkpoint(TRUNCATE)');
  pull(4, pulledRevisions - 1);
  urge(6);
  urge(...Array.from({ length: 20 }, (_, k) => 100 + k));
  const back = urge(200, 201, 202);
  undo(desk, { batch: back[0] ?? '' });
  dismiss(db, [refused[2] ?? '']);
  call(10);
  call(11);
  pull(pulledRevisions, pulledRevisions);
  urge(12);

  const gone = new Set([...back, refused[2] ?? '']);
  const rejected = refused.slice(0, 2);
  const [killed, closed] = [copyOf(file, 'killed'), closedCopy(db, file)];
  return {
    killed,
    closed,
    pending: given.filter(({ id }) => !gone.has(id) && !rejected.includes(id)),
    rejected: rejected.map((id) => [id, 'caseClosed']),
    gone: [...gone],
    server: () => serverOf(at1, later, accepted, refused, given),
  };
}

function closedCopy(db: WriteDb, file: string): string {
  db.close();
  return copyOf(file, 'closed');
}

/** A copy in a folder of its own: the replica, its log, its side file. Answers the replica's path. */
export function copyOf(file: string, name: string): string {
  const copy = join(mkdtempSync(join(tmpdir(), `damage-${name}-`)), 'replica.db');
  for (const suffix of ['', '-wal', '.outbox.log'])
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  return copy;
}

function serverOf(
  at1: readonly ServerLine[],
  later: ReadonlyMap<number, ServerLine[]>,
  accepted: readonly string[],
  refused: readonly string[],
  given: readonly { id: string; caseId: string }[],
): ScriptedServer {
  const server = new ScriptedServer();
  server.snapshotLines = [
    ...at1.slice(0, 200).map(rowLine),
    { t: 'mark', after: 'some' },
    ...at1.slice(200).map(rowLine),
    { t: 'mark', after: 'all' },
  ];
  for (let rev = 2; rev <= serverRevisions; rev += 1) server.commit(() => (later.get(rev) ?? []).map(rowLine));
  const first = new Map([
    ...accepted.map((id) => [id, acceptedAnswer(id, serverRevisions)] as const),
    ...refused.map((id) => [id, rejectedAnswer(id)] as const),
  ]);
  for (const id of accepted) {
    const command = given.find((one) => one.id === id);
    if (command)
      server.received.push({
        ...command,
        name: '',
        args: {},
        issuedAt: 0,
        operatorId: '',
        workstation: '',
        baseRev: 0,
      });
  }
  server.onCommand = (command) => {
    const known = first.get(command.id);
    return known ? { ...known, duplicate: true } : server.accept(command);
  };
  return server;
}
