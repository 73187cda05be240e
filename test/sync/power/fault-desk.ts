import { join } from 'node:path';
import { applyPage } from '../../../electron/db/apply-page.ts';
import { applySnapshotPart, beginSnapshot, endSnapshot } from '../../../electron/db/apply-snapshot.ts';
import { accepted, rejected } from '../../../electron/db/desk.test-support.ts';
import { replicaDigest } from '../../../electron/db/digest.ts';
import { readFact, writeFact } from '../../../electron/db/meta.ts';
import { dismiss, markSending, nextToSend } from '../../../electron/db/outbox.ts';
import { recordResults } from '../../../electron/db/record-results.ts';
import { sampleOperator } from '../../../electron/db/sample.test-support.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { type Revisions, ScriptedCounty } from './county-script.ts';
import { type DeskParts, deskParts, openDesk, whenItLeaves } from './desk-parts.ts';
import { integrityProblems, overlayProblems, unlike } from './judge.ts';

const county = new ScriptedCounty(1);
const snapshotAt = 3;

/** A desk that goes through one working day's kinds of writes, and knows after each what its file must hold. */
export class FaultDesk {
  readonly steps: readonly { name: string; run(): void | Promise<void> }[];
  private readonly file: string;
  private connection: WriteDb | null = null;
  private parts: DeskParts | null = null;
  /** Server rows that must be there. */
  private rows: Revisions = new Map();
  /** Commands that must be in the queue; nothing else may be. */
  private readonly queued = new Set<string>();
  private given = 0;

  constructor(folder: string) {
    this.file = join(folder, 'replica.db');
    this.steps = this.session();
  }

  /** What is not as it must be now. Without a connection there is nothing to say. */
  problems(): string[] {
    const db = this.connection;
    if (!db) return [];
    const kept = new Set(db.column<string>('SELECT id FROM outbox'));
    const lost = [...this.queued].filter((id) => !kept.has(id)).map((id) => `${id} was acknowledged and is gone`);
    const extra = [...kept].filter((id) => !this.queued.has(id)).map((id) => `${id} was refused and is in the queue`);
    return [...lost, ...extra, ...unlike(db, this.rows, 'the step'), ...overlayProblems(db)];
  }

  endProblems(): string[] {
    return [...this.problems(), ...(this.connection ? integrityProblems(this.connection) : ['no connection'])];
  }

  /** A connection that cannot go on is given up for a new one, as the writer does when it is started again. */
  reopen(): void {
    this.close();
    this.open();
  }

  close(): void {
    this.given += this.parts?.ids.length ?? 0;
    const old = this.connection;
    this.connection = null;
    old?.close();
  }

  private get db(): WriteDb {
    if (!this.connection) throw new Error('the desk has no connection');
    return this.connection;
  }

  private open(): void {
    this.connection = openDesk(this.file, true);
    this.parts = deskParts(this.connection, { firstId: this.given });
  }

  private async urge(cases: number, note: string): Promise<void> {
    const caseIds = Array.from({ length: cases }, (_, n) => county.caseId(n));
    const handlers = (this.parts as DeskParts).handlers;
    const { queued } = await handlers.urge({ caseIds, degree: 'red', postKinds: [], note });
    for (const one of queued) this.queued.add(one.commandId);
  }

  private async call(): Promise<void> {
    const { handlers, ids } = this.parts as DeskParts;
    await handlers.startCall({ caseId: county.caseId(1), personId: 'p-1' });
    this.queued.add(ids.at(-1) as string);
  }

  private page(from: number, to: number): void {
    applyPage(this.db, { from, cursor: to, epoch: null, lines: county.page(from, to) });
    this.rows = county.revisionsAt(to);
  }

  private answer(): void {
    const [first, second] = nextToSend(this.db, sampleOperator.id, [], 2, whenItLeaves);
    if (!first || !second) throw new Error('the queue is shorter than what was acknowledged');
    recordResults(this.db, [accepted(first.id, snapshotAt), rejected(second.id)]);
    // The feed already holds what the first one did: it has done its work.
    this.queued.delete(first.id);
  }

  private session(): { name: string; run(): void | Promise<void> }[] {
    const parts = county.parts(snapshotAt);
    const total = parts.reduce((sum, rows) => sum + rows.length, 0);
    const last = parts.length - 1;
    return [
      { name: 'open', run: () => this.open() },
      { name: 'sign in', run: () => writeFact(this.db, 'operator', sampleOperator) },
      {
        name: 'begin the snapshot',
        run: () => void beginSnapshot(this.db, { epoch: 'epoch-1', at: snapshotAt, total }),
      },
      ...parts.slice(0, last).map((rows, n) => ({
        name: `snapshot part ${n}`,
        run: () => {
          applySnapshotPart(this.db, rows, `part-${n + 1}`);
          this.rows = county.revisionsDuring(0, snapshotAt, n + 1);
        },
      })),
      {
        name: 'end the snapshot',
        run: () => {
          // It stands once it is committed: learning sizes afterwards may fail, and the loop then goes on from the cursor.
          const stands = () => readFact(this.db, 'cursor') === snapshotAt;
          try {
            if (!stands()) endSnapshot(this.db, parts[last] ?? [], snapshotAt);
          } finally {
            if (stands()) this.rows = county.revisionsAt(snapshotAt);
          }
        },
      },
      { name: 'urge', run: () => this.urge(3, '请尽快办理') },
      { name: 'call', run: () => this.call() },
      { name: 'page', run: () => this.page(3, 5) },
      {
        name: 'send',
        run: () => markSending(this.db, [...this.queued]),
      },
      { name: 'answers', run: () => this.answer() },
      {
        name: 'dismiss',
        run: () => {
          const [rejected] = this.db.column<string>(`SELECT id FROM outbox WHERE state = 'rejected'`);
          if (rejected !== undefined) dismiss(this.db, [rejected]);
        },
      },
      { name: 'checkpoint', run: () => void this.db.all('PRAGMA wal_checkpoint(TRUNCATE)') },
      { name: 'urge many', run: () => this.urge(40, '请'.repeat(400)) },
      { name: 'digest', run: () => void replicaDigest(this.db) },
      { name: 'page after', run: () => this.page(5, 8) },
      { name: 'close', run: () => this.close() },
      { name: 'open again', run: () => this.open() },
      { name: 'urge after', run: () => this.urge(2, '') },
    ];
  }
}
