import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../shared/model/message.ts';
import {
  contentText,
  type DigestMode,
  type DigestRange,
  type DigestVerdict,
  digestLimits,
} from '../../shared/protocol/digest.ts';
import type { SyncTable } from '../../shared/protocol/tables.ts';
import { urgeResponsibles } from '../db/commands/urge-responsibles.ts';
import { replicaDigest } from '../db/digest.ts';
import { outboxCounts } from '../db/outbox.ts';
import { repairRows } from '../db/repair.ts';
import { readRow, rowOfValues, sqlTable, writeRow } from '../db/rows.ts';
import {
  feed,
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleInstant,
  sampleRegister,
} from '../db/sample.test-support.ts';
import type { ServerLine } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import { Verify, type VerifyHost } from './verify.ts';

type Row = { id: string; rev: number };
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const going = new AbortController().signal;

/** The rows of a server and what it says of a range, by the plain rule. */
class PlainServer {
  readonly tables = new Map<string, Map<string, Row>>();
  rev = 1;
  readonly fetched: string[] = [];
  lists = 0;
  /** A range that changed is listed all the same, with what went after the cursor. */
  listsMoved = false;
  gone: string[] = [];
  /** Called before a range is judged. */
  before: (range: DigestRange) => void = () => undefined;

  constructor(lines: readonly ServerLine[]) {
    for (const one of lines)
      if (one.kind === 'row') this.rowsOf(one.table).set(one.id, rowOfValues(one.table, one.values));
  }

  rowsOf(table: string): Map<string, Row> {
    const rows = this.tables.get(table) ?? new Map<string, Row>();
    this.tables.set(table, rows);
    return rows;
  }

  async digest(_: string, { mode, ranges }: { mode: DigestMode; ranges: DigestRange[] }) {
    const verdicts = ranges.map((range) => {
      this.before(range);
      return this.judge(range, mode);
    });
    return { rev: this.rev, epoch: 'epoch-1', ranges: verdicts };
  }

  async rows(_: string, { table, ids }: { table: string; ids: string[] }) {
    this.fetched.push(...ids);
    const rows = ids.flatMap((id) => this.rowsOf(table).get(id) ?? []);
    return { rev: this.rev, epoch: 'epoch-1', rows };
  }

  private judge(range: DigestRange, mode: DigestMode): DigestVerdict {
    const rows = [...this.rowsOf(range.table).values()]
      .filter(({ id }) => id > range.from && (range.to === null || id <= range.to))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const list = rows.map((row): [string, number, string?] =>
      mode === 'content'
        ? [row.id, row.rev, sha(contentText(row as unknown as Record<string, unknown>))]
        : [row.id, row.rev],
    );
    if (sha(list.map((one) => one.join(' ')).join('\n')) === range.digest) return { state: 'equal' };
    if (!this.listsMoved && rows.some((row) => row.rev > range.cursor)) return { state: 'moved' };
    this.lists += 1;
    const listed = list.slice(0, digestLimits.listRows);
    const upTo = list.length > listed.length ? (listed.at(-1)?.[0] ?? null) : null;
    return { state: 'differs', upTo, rows: listed, gone: this.gone };
  }
}

let db: WriteDb;
let server: PlainServer;
let moved: () => void;
afterEach(() => db.close());

function begin(lines: readonly ServerLine[]): void {
  db = memoryReplica();
  server = new PlainServer(lines);
  moved = () => undefined;
  fill(db, lines);
}

async function verify(mode: DigestMode = 'revisions', repair = true): Promise<Verify['report']> {
  const session = { with: <T>(_: AbortSignal, call: (token: string) => Promise<T>) => call('token') };
  const pause = async (why: 'slice' | 'moved') => {
    if (why === 'moved') moved();
  };
  const mend: VerifyHost['mend'] = (table, ids, answer) => repairRows(db, table, ids, answer);
  const host = { db, transport: server, session, pause, mend, repaired: () => undefined };
  const run = new Verify(host, { mode, repair });
  expect(await run.run(going)).toBe(true);
  return run.report;
}

const event = (id: string, caseId: string, rev = 1) =>
  line('caseEvent', {
    id,
    rev,
    caseId,
    kind: 'acted',
    at: sampleInstant,
    actorId: null,
    actorName: null,
    facts: {},
    note: id,
  });
const message = (id: string, caseId: string) =>
  line('message', {
    ...({ degree: 'orange', state: 'sent', queuedAt: 1, sentAt: 2, deliveredAt: null, failedAt: null } as const),
    ...({ id, rev: 1, caseId, commandId: 'c', personId: 'p-1', failure: null, attempts: 1 } as const),
  } satisfies Message);

/** Ten cases with two events and a message each, over the sample register. */
function county(): ServerLine[] {
  const ids = Array.from({ length: 10 }, (_, n) => `case-${n}`);
  return [
    ...sampleRegister(),
    ...ids.map((id) => line('case', sampleCase(id))),
    ...ids.flatMap((id) => [event(`${id}:0`, id), event(`${id}:1`, id), message(`m-${id}`, id)]),
  ];
}

/** Damage done to the file behind the program's back. */
type Damage = { table: SyncTable; id: string; how: 'lost' | 'older' | 'newer' | 'invented' };
function damage({ table, id, how }: Damage): void {
  const name = sqlTable(table);
  if (how === 'lost') db.run(`DELETE FROM ${name} WHERE id = :id`, { id });
  if (how === 'older') db.run(`UPDATE ${name} SET rev = 0 WHERE id = :id`, { id });
  if (how === 'newer') db.run(`UPDATE ${name} SET rev = 999 WHERE id = :id`, { id });
  const row = how === 'invented' ? server.rowsOf(table).get(id) : null;
  if (row) writeRow(db, table, { ...row, id: `${id}~` });
}

/** Ids of rows that are written from here on, by table. */
function watchWrites(): () => string[] {
  db.run('CREATE TEMP TABLE written (id TEXT)');
  for (const table of ['town', 'village', 'person', 'post', 'cases', 'case_event', 'message'])
    for (const [what, row] of [
      ['INSERT', 'new'],
      ['UPDATE', 'new'],
      ['DELETE', 'old'],
    ])
      db.run(
        `CREATE TEMP TRIGGER written_${table}_${what} AFTER ${what} ON ${table} BEGIN INSERT INTO written VALUES (${row}.id); END`,
      );
  return () => db.column<string>('SELECT DISTINCT id FROM written ORDER BY id');
}

describe('a comparison with the server', () => {
  const targets: [SyncTable, string][] = [
    ...Array.from({ length: 10 }, (_, n): [SyncTable, string][] => [
      ['case', `case-${n}`],
      ['caseEvent', `case-${n}:0`],
      ['message', `m-case-${n}`],
    ]).flat(),
    ['village', '350322100200'],
    ['person', 'p-2'],
    ['post', 'post-1'],
    ['town', '350322100'],
  ];
  const damages = fc.uniqueArray(
    fc.record({
      target: fc.constantFrom(...targets),
      how: fc.constantFrom('lost', 'older', 'newer', 'invented'),
    }),
    { minLength: 0, maxLength: 8, selector: ({ target }) => target.join() },
  );

  test('finds and repairs any damage, fetches only what differs and touches nothing else; pending commands stay', async () => {
    await fc.assert(
      fc.asyncProperty(damages, fc.boolean(), async (given, pending) => {
        begin(county());
        const whole = replicaDigest(db);
        if (pending) {
          let n = 0;
          const desk = { db, now: () => sampleInstant, newId: () => `cmd-${++n}`, workstation: 'ws' };
          urgeResponsibles(desk, { caseIds: ['case-0', 'case-1'], degree: 'red', postKinds: [], note: '' });
          expect(replicaDigest(db)).toEqual(whole);
        }
        for (const { target, how } of given) damage({ table: target[0], id: target[1], how });
        const hurt = given.map(({ target, how }) => (how === 'invented' ? `${target[1]}~` : target[1])).sort();
        const written = watchWrites();
        const { unsettled, repaired } = await verify();
        // The overlay of a case is lifted and laid on again around it.
        const overlaid = pending ? /^(case-[01]$|cmd-)/ : /^$/;
        expect(written().filter((id) => !overlaid.test(id) && !hurt.includes(id))).toEqual([]);
        expect({ unsettled, whole: replicaDigest(db) }).toEqual({ unsettled: 0, whole });
        expect([...server.fetched].filter((id) => !overlaid.test(id)).sort()).toEqual(
          hurt.filter((id) => !overlaid.test(id)),
        );
        if (!pending) expect(repaired).toBe(hurt.length);
        expect(outboxCounts(db).pending).toBe(pending ? 2 : 0);
        if (pending) expect(readRow(db, 'case', 'case-0')).toMatchObject({ urgeCount: 1, lastUrgeDegree: 'red' });
        db.close();
      }),
      { numRuns: 30 },
    );
    db = memoryReplica();
  }, 60_000);

  test('what changed inside a row at the same revision is found by content, and only so', async () => {
    begin(county());
    const whole = replicaDigest(db);
    db.run(`UPDATE cases SET title = '改坏了' WHERE id = 'case-3'`);
    db.run(`UPDATE cases SET parties = '[{' WHERE id = 'case-4'`);
    expect((await verify('revisions')).differences).toEqual([]);
    expect((await verify('content', false)).differences).toEqual([
      { table: 'case', missing: [], stale: ['case-3', 'case-4'], extra: [] },
    ]);
    expect(await verify('content')).toMatchObject({ repaired: 2, fetched: 2, unsettled: 0 });
    expect(replicaDigest(db)).toEqual(whole);
  });

  test('goes through thousands of rows range by range: damage on and beside a border, and a hole longer than a list', async () => {
    const id = (n: number) => `e-${String(n).padStart(5, '0')}`;
    begin([...county(), ...Array.from({ length: 6500 }, (_, n) => event(id(n), 'case-1'))]);
    const whole = replicaDigest(db);
    const borders = db.column<string>('SELECT id FROM case_event ORDER BY id LIMIT 3 OFFSET 998');
    for (const border of borders) db.run('DELETE FROM case_event WHERE id = :border', { border });
    db.run('DELETE FROM case_event WHERE id BETWEEN :from AND :to', { from: id(2200), to: id(4999) });
    const { report, seen } = { report: await verify(), seen: new Set(server.fetched) };
    expect(report).toMatchObject({ unsettled: 0, repaired: 2803, fetched: 2803 });
    expect(seen.size).toBe(2803);
    expect(replicaDigest(db)).toEqual(whole);
  });

  test('a server that changes while it is compared gives no difference and no repair: the range is asked again after the pull', async () => {
    begin(county());
    const waiting: ServerLine[] = [];
    server.before = ({ table }) => {
      if (table !== 'case' || server.rev > 3) return;
      server.rev += 1;
      const row = sampleCase('case-2', { rev: server.rev, title: `标题${server.rev}` });
      server.rowsOf('case').set(row.id, row);
      waiting.push(line('case', row));
    };
    moved = () => {
      feed(db, 1, server.rev, waiting);
      waiting.length = 0;
    };
    const written = watchWrites();
    expect(await verify()).toMatchObject({ differences: [], repaired: 0, fetched: 0, unsettled: 0 });
    expect(written()).toEqual(['case-2']);
    expect(server.lists).toBe(0);
  });

  test('damage beside what the feed is about to bring is found at once, and only the damage is repaired', async () => {
    begin(county());
    server.listsMoved = true;
    server.rev = 3;
    server.rowsOf('case').set('case-2', sampleCase('case-2', { rev: 2, title: '新' }));
    server.rowsOf('case').set('case-7', sampleCase('case-7', { rev: 2, title: '新' }));
    server.rowsOf('case').delete('case-3');
    server.gone = ['case-3'];
    db.run(`DELETE FROM cases WHERE id IN ('case-4', 'case-7')`);
    damage({ table: 'case', id: 'case-5', how: 'newer' });
    damage({ table: 'case', id: 'case-6', how: 'invented' });
    const written = watchWrites();
    expect(await verify()).toMatchObject({ repaired: 3, fetched: 2, unsettled: 0 });
    expect(written()).toEqual(['case-4', 'case-5', 'case-6~']);
  });

  test('rows that the replica has moved beyond are not written: an old answer cannot bring back what is gone', async () => {
    begin(county());
    db.run(`DELETE FROM cases WHERE id = 'case-5'`);
    const rows = server.rows.bind(server);
    server.rows = async (token, request) => {
      const answer = await rows(token, request);
      if (server.rev === 1) {
        // While the answer is on its way the case is removed for good, and the replica hears of it first.
        server.rev = 2;
        server.rowsOf('case').delete('case-5');
        feed(db, 1, 2, [{ kind: 'gone', table: 'case', id: 'case-5', rev: 2 }]);
      }
      return answer;
    };
    expect(await verify()).toMatchObject({ repaired: 0, unsettled: 0 });
    expect(readRow(db, 'case', 'case-5')).toBeNull();
  });
});
