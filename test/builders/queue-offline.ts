import { z } from 'zod';
import { storedSessionSchema } from '../../electron/sync/session.ts';
import { Workstation } from './workstation.ts';

/**
 * A workstation in a process of its own that is to be killed: starts with its server down, gives the calls it is told to, says on standard output when
 * each was acknowledged, and stays.
 */
const order = z
  .object({
    url: z.string(),
    file: z.string(),
    session: storedSessionSchema,
    calls: z.array(z.object({ caseId: z.string(), personId: z.string() })),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { url, file, session, calls } = order;
const workstation = new Workstation(url, { file, session, username: null });
await workstation.until((status) => status.state === 'offline');
for (const call of calls) {
  const { callId } = await workstation.commands.startCall(call);
  process.stdout.write(`${callId}\n`);
}
