import { Failure } from '../../shared/errors.ts';
import type { Session } from '../../shared/protocol/auth.ts';
import {
  type CommandBatch,
  type CommandResult,
  isOtherData,
  type WireCommand,
} from '../../shared/protocol/commands.ts';
import type {
  DigestAnswer,
  DigestMode,
  DigestRange,
  DigestVerdict,
  RowsAnswer,
  RowsRequest,
} from '../../shared/protocol/digest.ts';
import type { ChangeLine, SnapshotLine } from '../../shared/protocol/feed.ts';
import { sampleOperator } from '../db/sample.test-support.ts';
import type { PackedLine, Transport } from './transport.ts';

/** A server in memory for unit tests: whole revisions of lines, and hooks where a test breaks things. */
export class ScriptedServer implements Transport {
  epoch = 'epoch-1';
  up = true;
  rev = 1;
  snapshotLines: SnapshotLine[] = [];
  readonly revisions = new Map<number, ChangeLine[]>();
  readonly received: WireCommand[] = [];
  readonly batches: string[][] = [];
  /** Answers a command; throws to break its batch. */
  onCommand: (command: WireCommand) => CommandResult = (command) => this.accept(command);
  /** Called after a batch took effect: throws to lose the answer. */
  afterCommands: () => void = () => undefined;
  /** Compares a range. */
  onRange: (range: DigestRange, mode: DigestMode) => DigestVerdict = () => ({ state: 'equal' });
  onRows: (request: RowsRequest) => RowsAnswer['rows'] = () => [];
  logins = 0;
  validToken = 'token-0';
  pullsSeen = 0;
  private tellers = new Set<(rev: number) => void>();
  private enders = new Set<() => void>();
  private readonly results = new Map<string, CommandResult>();

  /** Commits lines at the next revision and tells whoever listens. */
  commit(lines: (rev: number) => ChangeLine[]): number {
    this.rev += 1;
    this.revisions.set(this.rev, lines(this.rev));
    for (const tell of this.tellers) tell(this.rev);
    return this.rev;
  }

  accept(command: WireCommand): CommandResult {
    const known = this.results.get(command.id);
    if (known) return { ...known, duplicate: true };
    this.received.push(command);
    const rev = this.commit(() => []);
    const result = { id: command.id, status: 'accepted', duplicate: false, reason: null, detail: null, rev } as const;
    this.results.set(command.id, result);
    return result;
  }

  breakLine(): void {
    this.up = false;
    for (const end of this.enders) end();
  }

  async health() {
    this.reach();
    return {
      ok: true,
      product: 'xianyou-central',
      protocol: 1,
      epoch: this.epoch,
      rev: this.rev,
      serverTime: 0,
    } as const;
  }
  async login(): Promise<Session> {
    this.reach();
    this.logins += 1;
    return this.session();
  }
  async refresh(): Promise<Session> {
    this.reach();
    return this.session();
  }
  async logout() {}
  async *snapshot(
    _token: string,
    from: { at: number; after: string } | null,
  ): AsyncGenerator<SnapshotLine | PackedLine> {
    this.reach();
    const start = from ? this.snapshotLines.findIndex((line) => line.t === 'mark' && line.after === from.after) + 1 : 0;
    yield { t: 'begin', at: 1, epoch: this.epoch, counts: { case: this.snapshotLines.length } };
    for (const line of this.snapshotLines.slice(start)) {
      this.reach();
      yield line;
    }
    yield { t: 'end', cursor: 1, more: false, serverTime: 0 };
  }
  async *changes(token: string, cursor: number): AsyncGenerator<ChangeLine> {
    this.reach();
    this.check(token);
    this.pullsSeen += 1;
    for (let rev = cursor + 1; rev <= this.rev; rev += 1) {
      yield* this.revisions.get(rev) ?? [];
      yield { t: 'commit', rev };
    }
    yield { t: 'end', cursor: this.rev, more: false, serverTime: 77 };
  }
  async notices(_token: string, on: { revision(rev: number): void }, signal: AbortSignal): Promise<void> {
    this.reach();
    const tell = (rev: number) => on.revision(rev);
    this.tellers.add(tell);
    await new Promise<void>((_, reject) => {
      const end = () => reject(new Failure('serverUnreachable', 'the stream broke', { retry: true }));
      this.enders.add(end);
      signal.addEventListener('abort', end, { once: true });
    }).finally(() => this.tellers.delete(tell));
  }
  async commands(token: string, { commands, seen }: CommandBatch): Promise<CommandResult[]> {
    this.reach();
    this.check(token);
    if (seen && isOtherData(seen, this.epoch, this.rev))
      throw new Failure('internal', 'status 409', { detail: 'cursorAhead' });
    this.batches.push(commands.map((command) => command.id));
    const results = commands.map((command) => this.onCommand(command));
    this.afterCommands();
    return results;
  }
  async digest(_token: string, { mode, ranges }: { mode: DigestMode; ranges: DigestRange[] }): Promise<DigestAnswer> {
    this.reach();
    return { rev: this.rev, epoch: this.epoch, ranges: ranges.map((range) => this.onRange(range, mode)) };
  }
  async rows(_token: string, request: RowsRequest): Promise<RowsAnswer> {
    this.reach();
    return { rev: this.rev, epoch: this.epoch, rows: this.onRows(request) };
  }

  private reach(): void {
    if (!this.up) throw new Failure('serverUnreachable', 'down', { retry: true });
  }
  private check(token: string): void {
    if (token !== this.validToken) throw new Failure('sessionExpired', 'token');
  }
  private session(): Session {
    const accessToken = this.validToken;
    return { accessToken, accessExpiresAt: Number.MAX_SAFE_INTEGER, refreshToken: 'r', operator: sampleOperator };
  }
}
