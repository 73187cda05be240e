import { Failure } from '../../shared/errors.ts';
import { applyPage } from '../db/apply-page.ts';
import type { Changed } from '../db/changed.ts';
import { readFact } from '../db/meta.ts';
import { isKnown, type ServerLine, serverLine, serverLines } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

/** Rows of a page: of one transaction, for which an operator's command waits. */
const pageRows = 5000;

export interface PulledPage {
  changed: Changed;
  /** The server's instant of the page. */
  serverTime: number;
}

/**
 * Reads the feed page by page until there is no more, applying each page whole. Answers false when the server's data set is another one than ours, or ends
 * before what we hold. A page without its end line, or whose end does not fit the lines before it, is not applied at all; those before it stand.
 */
export async function pullPages(
  db: WriteDb,
  transport: Transport,
  session: SessionKeeper,
  signal: AbortSignal,
  onPage: (page: PulledPage) => void,
): Promise<boolean> {
  try {
    for (;;) {
      const outcome = await session.with(signal, (token) => pullAnswer(db, transport, token, signal, onPage));
      if (outcome !== 'more') return outcome === 'inStep';
    }
  } catch (error) {
    if (error instanceof Failure && error.detail === 'cursorAhead') return false;
    throw error;
  }
}

/** One answer may hold several pages: the server reads the next one while we write this one. */
async function pullAnswer(
  db: WriteDb,
  transport: Transport,
  token: string,
  signal: AbortSignal,
  onPage: (page: PulledPage) => void,
): Promise<'inStep' | 'otherData' | 'more'> {
  let from = readFact(db, 'cursor');
  if (from === null) return 'otherData';
  const epoch = readFact(db, 'epoch');
  let lines: ServerLine[] = [];
  let committed = from;
  let begun = true;
  for await (const line of transport.changes(token, from, pageRows, signal)) {
    if (signal.aborted) throw new Failure('cancelled', 'pull');
    begun = true;
    switch (line.t) {
      case 'row':
      case 'gone':
        if (isKnown(line)) lines.push(serverLine(line));
        break;
      case 'rows':
        if (isKnown(line)) for (const one of serverLines(line)) lines.push(one);
        break;
      case 'commit':
        committed = line.rev;
        break;
      case 'end': {
        if (typeof line.epoch === 'string' && line.epoch !== epoch) return 'otherData';
        const since = from;
        const beyond = lines.some((one) => one.rev <= since || one.rev > line.cursor);
        if (line.cursor < committed || beyond) throw new Failure('answerMalformed', 'rows outside their page');
        const changed = applyPage(db, { from, cursor: line.cursor, epoch, lines });
        db.expectMuch(line.more);
        onPage({ changed, serverTime: line.serverTime });
        if (!line.more) return 'inStep';
        from = line.cursor;
        lines = [];
        begun = false;
        break;
      }
      default:
        line satisfies never;
    }
  }
  if (begun) throw new Failure('answerCut', 'a page without its end', { retry: true });
  return 'more';
}
