import { Failure } from '../../shared/errors.ts';
import { applyPage } from '../db/apply-page.ts';
import type { Changed } from '../db/changed.ts';
import { readFact } from '../db/meta.ts';
import { type ServerLine, serverLine, serverLines } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

const pageRows = 2000;

export interface PulledPage {
  changed: Changed;
  more: boolean;
  /** The server's instant of the page. */
  serverTime: number;
}

/**
 * Reads one page of the feed and applies it whole. Null: the server's data set is another one than ours, or ends before what we hold. A page without
 * its end line, or whose end does not fit the lines before it, is not applied at all.
 */
export async function pullPage(
  db: WriteDb,
  transport: Transport,
  session: SessionKeeper,
  signal: AbortSignal,
): Promise<PulledPage | null> {
  const from = readFact(db, 'cursor');
  if (from === null) return null;
  const epoch = readFact(db, 'epoch');
  try {
    return await session.with(signal, async (token) => {
      const lines: ServerLine[] = [];
      let committed = from;
      for await (const line of transport.changes(token, from, pageRows, signal)) {
        if (signal.aborted) throw new Failure('cancelled', 'pull');
        switch (line.t) {
          case 'row':
          case 'gone':
            lines.push(serverLine(line));
            break;
          case 'rows':
            for (const one of serverLines(line)) lines.push(one);
            break;
          case 'commit':
            committed = line.rev;
            break;
          case 'end': {
            if (typeof line.epoch === 'string' && line.epoch !== epoch) return null;
            const beyond = lines.some((one) => one.rev <= from || one.rev > line.cursor);
            if (line.cursor < committed || beyond) throw new Failure('answerMalformed', 'rows outside their page');
            const changed = applyPage(db, { from, cursor: line.cursor, epoch, lines });
            return { changed, more: line.more, serverTime: line.serverTime };
          }
          default:
            line satisfies never;
        }
      }
      throw new Failure('answerCut', 'a page without its end', { retry: true });
    });
  } catch (error) {
    if (error instanceof Failure && error.detail === 'cursorAhead') return null;
    throw error;
  }
}
