import type { Operator, Session } from '../../shared/protocol/auth.ts';
import type { CommandBatch, CommandResult } from '../../shared/protocol/commands.ts';
import type { DigestAnswer, DigestMode, DigestRange, RowsAnswer, RowsRequest } from '../../shared/protocol/digest.ts';
import type { ChangeLine, SnapshotLine } from '../../shared/protocol/feed.ts';
import type { Health } from '../../shared/protocol/health.ts';

/** A line of many rows (`RowsLine`) as it came, in UTF-8; only what stands before the rows was read. */
export interface PackedLine {
  t: 'packed';
  table: string;
  columns: string[];
  line: Uint8Array;
}

/**
 * The central server as the loop sees it. Every call throws a Failure: serverUnreachable, timeout, answerCut and answerMalformed are worth another
 * try; `internal` with detail `cursorAhead` means that the data set is another.
 */
export interface Transport {
  health(signal: AbortSignal): Promise<Health>;
  login(account: { username: string; password: string; workstation: string }, signal: AbortSignal): Promise<Session>;
  refresh(refreshToken: string, signal: AbortSignal): Promise<Session>;
  logout(accessToken: string, signal: AbortSignal): Promise<void>;
  /** `from` null: from the beginning. Lines of rows may come packed. */
  snapshot(
    accessToken: string,
    from: { at: number; after: string } | null,
    signal: AbortSignal,
  ): AsyncIterable<SnapshotLine | PackedLine>;
  changes(accessToken: string, cursor: number, limit: number, signal: AbortSignal): AsyncIterable<ChangeLine>;
  /** Calls back with each revision the server tells of, and with who the operator is, at the beginning and when the account changed; ends when the stream does. `sign` also hears heartbeats. */
  notices(
    accessToken: string,
    on: { revision(rev: number): void; operator(operator: Operator): void; sign(): void },
    signal: AbortSignal,
  ): Promise<void>;
  commands(accessToken: string, batch: CommandBatch, signal: AbortSignal): Promise<CommandResult[]>;
  digest(
    accessToken: string,
    request: { mode: DigestMode; ranges: DigestRange[] },
    signal: AbortSignal,
  ): Promise<DigestAnswer>;
  rows(accessToken: string, request: RowsRequest, signal: AbortSignal): Promise<RowsAnswer>;
}

/** One reading of the server's clock: its instant, and ours before and after. */
export interface ServerTime {
  server: number;
  sentAt: number;
  receivedAt: number;
}
