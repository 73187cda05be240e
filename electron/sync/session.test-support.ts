import { sampleInstant } from '../db/sample.test-support.ts';
import { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

/** The session of somebody who signs in by themselves, and whom nothing remembers. */
export function sampleSession(transport: Transport): SessionKeeper {
  return new SessionKeeper({
    transport,
    store: { load: () => null, save: () => undefined, clear: () => undefined },
    clock: { now: () => sampleInstant },
    workstation: 'ws',
    fallback: { username: 'u', password: 'p' },
    onOperator: () => undefined,
  });
}
