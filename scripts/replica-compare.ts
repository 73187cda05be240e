import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { readFact } from '../electron/db/meta.ts';
import type { ReadDb } from '../electron/db/statements.ts';
import { createHttpTransport } from '../electron/sync/http-transport.ts';
import { type Account, SessionKeeper } from '../electron/sync/session.ts';
import { Verify, type VerifyReport } from '../electron/sync/verify.ts';
import type { DigestMode } from '../shared/protocol/digest.ts';
import { fileSession } from './replica-session.ts';

/** Until a range that was moving is looked at again, ms: the writer brings what the server changed. */
const movedMs = 1000;

/**
 * Compares a replica that another program writes with its server, over a connection that cannot write. The other program keeps it in step meanwhile.
 * `ended` false: the time was up, or the server gives this account other data. Throws Failure when the line or the session fails.
 */
export async function compareReadOnly(
  db: ReadDb,
  options: { sessionFile: string; serverUrl: string; account: Account | null; mode: DigestMode; seconds: number },
): Promise<{ ended: boolean; report: VerifyReport }> {
  const offset = readFact(db, 'clockOffsetMs') ?? 0;
  const own = { now: () => Date.now() };
  const transport = createHttpTransport({ serverUrl: options.serverUrl, clock: own, onServerTime: () => undefined });
  const session = new SessionKeeper({
    transport,
    store: fileSession(options.sessionFile),
    clock: { now: () => own.now() + offset },
    workstation: hostname(),
    fallback: options.account,
    onOperator: () => undefined,
  });
  const pause = async (why: 'slice' | 'moved', signal: AbortSignal): Promise<void> => {
    if (why === 'moved') await setTimeout(movedMs, undefined, { signal }).catch(() => undefined);
  };
  const host = { db, transport, session, pause, mend: null, repaired: () => undefined };
  const verify = new Verify(host, { mode: options.mode, repair: false });
  return { ended: await verify.run(AbortSignal.timeout(options.seconds * 1000)), report: verify.report };
}
