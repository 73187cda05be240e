import { join } from 'node:path';
import { casesWithOpenCommands } from '../../../electron/db/outbox.ts';
import { rowOfValues } from '../../../electron/db/rows.ts';
import { sampleInstant } from '../../../electron/db/sample.test-support.ts';
import type { ServerLine } from '../../../electron/db/server-rows.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { ScriptedServer } from '../../../electron/sync/scripted-transport.test-support.ts';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';
import type { ChangeLine, RowLine } from '../../../shared/protocol/feed.ts';
import { ScriptedCounty } from './county-script.ts';
import { type DeskParts, deskParts, openDesk } from './desk-parts.ts';
import { integrityProblems, unlike } from './judge.ts';

const county = new ScriptedCounty(2);

export interface LoopStep {
  name: string;
  act(): void | Promise<void>;
  done(): boolean;
}

/** Writer and server in one process, with a time that only moves when it is turned. */
export class FaultLoop {
  status: SyncStatus | null = null;
  seconds = 0;
  private readonly file: string;
  private readonly server = new ScriptedServer();
  private readonly timers = new Set<{ at: number; call: () => void }>();
  private readonly acknowledged = new Set<string>();
  private db: WriteDb | null = null;
  private parts: DeskParts | null = null;
  private countyRev = 1;
  /** The server's revision for each of the county's: it counts commands too. */
  private readonly committed = new Map([[1, 1]]);

  constructor(folder: string) {
    this.file = join(folder, 'replica.db');
    for (const rows of county.parts(1)) {
      for (const row of rows) if (row.kind === 'row') this.server.snapshotLines.push(rowOf(row, row.rev));
      this.server.snapshotLines.push({ t: 'mark', after: `mark-${this.server.snapshotLines.length}` });
    }
  }

  /** Throws what opening the replica throws. */
  open(): void {
    const db = openDesk(this.file, true);
    const timers = {
      after: (ms: number, call: () => void) => {
        const timer = { at: this.seconds + ms / 1000, call };
        this.timers.add(timer);
        return () => void this.timers.delete(timer);
      },
    };
    this.db = db;
    this.parts = deskParts(db, {
      firstId: 0,
      server: this.server,
      timers,
      now: () => sampleInstant + Math.round(this.seconds * 1000),
      onStatus: (status) => {
        this.status = status;
      },
    });
  }

  day(): LoopStep[] {
    return [
      { name: 'start', act: () => this.loop.start(), done: () => this.inStep() },
      { name: 'a revision', act: () => this.commit(), done: () => this.inStep() },
      { name: 'an urging', act: () => this.urge(2), done: () => this.inStep() },
      { name: 'a call', act: () => this.call(), done: () => this.inStep() },
      { name: 'the next revision', act: () => this.commit(), done: () => this.inStep() },
      { name: 'a last urging', act: () => this.urge(1), done: () => this.inStep() },
    ];
  }

  /** Turns time on until the condition holds, at most `seconds`. */
  async until(condition: () => boolean, seconds: number): Promise<boolean> {
    const end = this.seconds + seconds;
    for (;;) {
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      if (condition()) return true;
      const next = [...this.timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) return false;
      this.timers.delete(next);
      this.seconds = Math.max(this.seconds, next.at);
      next.call();
    }
  }

  /** What is not as it must be at the end of the day. */
  problems(): string[] {
    const db = this.db as WriteDb;
    const sent = this.server.received.map((command) => command.id);
    const lost = [...this.acknowledged].filter((id) => !sent.includes(id));
    return [
      ...lost.map((id) => `${id} was acknowledged and never came to the server`),
      ...sent.filter((id) => !this.acknowledged.has(id)).map((id) => `${id} was refused and came to the server`),
      ...(new Set(sent).size === sent.length ? [] : ['a command came twice']),
      ...unlike(db, this.expected(), 'the server'),
      ...integrityProblems(db),
    ];
  }

  async close(): Promise<void> {
    await this.loop.stop();
    this.db?.close();
  }

  private get loop() {
    return (this.parts as DeskParts).loop;
  }

  private inStep(): boolean {
    const db = this.db as WriteDb;
    return (
      this.status?.state === 'live' &&
      this.status.rev === this.server.rev &&
      this.status.pending === 0 &&
      casesWithOpenCommands(db).length === 0
    );
  }

  private commit(): void {
    this.countyRev += 1;
    const rev = this.server.commit((next) => county.linesAt(this.countyRev).map((line) => lineOf(line, next)));
    this.committed.set(this.countyRev, rev);
  }

  private expected(): Map<string, Map<string, number>> {
    const revisions = county.revisionsAt(this.countyRev);
    return new Map(
      [...revisions].map(([table, rows]) => [
        table,
        new Map([...rows].map(([id, rev]) => [id, this.committed.get(rev) ?? -1])),
      ]),
    );
  }

  private async urge(cases: number): Promise<void> {
    const caseIds = Array.from({ length: cases }, (_, n) => county.caseId(n));
    const { handlers } = this.parts as DeskParts;
    const { queued } = await handlers.urge({ caseIds, degree: 'red', postKinds: [], note: '请尽快办理' });
    for (const one of queued) this.acknowledged.add(one.commandId);
  }

  private async call(): Promise<void> {
    const { handlers, ids } = this.parts as DeskParts;
    await handlers.startCall({ caseId: county.caseId(3), personId: 'p-1' });
    this.acknowledged.add(ids.at(-1) as string);
  }
}

/** A line as the wire has it; `rev`: the server's revision instead of the county's. */
function lineOf(line: ServerLine, rev: number): ChangeLine {
  if (line.kind === 'gone') return { t: 'gone', table: line.table, id: line.id, rev };
  return rowOf(line, rev);
}

function rowOf(line: Extract<ServerLine, { kind: 'row' }>, rev: number): RowLine {
  return { t: 'row', table: line.table, data: { ...rowOfValues(line.table, line.values), rev } };
}
