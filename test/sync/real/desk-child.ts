import { createInterface } from 'node:readline';
import { giveCommand, operatorAt } from '../../../electron/db/commands/give.ts';
import { undo } from '../../../electron/db/commands/undo.ts';
import { openReplica } from '../../../electron/db/heal/open-replica.ts';
import { casesWithOpenCommands, shownCommands } from '../../../electron/db/outbox.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../../electron/sync/replica.ts';
import { systemTimers } from '../../../electron/sync/timers.ts';
import { fileSession } from '../../../scripts/replica-session.ts';
import { Failure } from '../../../shared/errors.ts';
import { undoSeconds } from '../../../shared/model/commands/definition.ts';
import { Chance } from '../simulator/random.ts';
import { type Order, orderSchema, type Said } from './orders.ts';

// A workstation's process that is to be killed: the real loop on a real file, told what to do by lines on its standard input.

const say = (line: Said) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = { now: () => Date.now() };
let desk: { db: WriteDb; loop: SyncLoop; workstation: string } | null = null;

function open(order: Extract<Order, { t: 'open' }>): void {
  const { file, url: serverUrl, account, workstation } = order;
  const { db } = openReplica(file, clock);
  const chance = new Chance(order.seed);
  const loop = new SyncLoop({
    db,
    transport: (onServerTime) => createHttpTransport({ serverUrl, clock, onServerTime }),
    store: fileSession(`${file}.session`),
    clock,
    random: () => chance.next(),
    timers: systemTimers,
    serverUrl,
    workstation,
    account,
    // What differs is to be seen, not mended behind the runs' back.
    sweep: null,
    onStatus: (status) => say({ t: 'status', status, open: casesWithOpenCommands(db).length }),
    onChanged: () => undefined,
    onTrouble: (kind, message) => process.stderr.write(`${workstation} ${kind}: ${message}\n`),
  });
  desk = { db, loop, workstation };
  loop.start();
}

function give(order: Extract<Order, { t: 'give' }>): boolean {
  if (!desk) return false;
  const { db, loop, workstation } = desk;
  const earlier = order.takenBack ? 0 : undoSeconds * 1000;
  const at = { db, now: () => loop.clock.now() - earlier, newId: () => order.id, workstation };
  const { id, name, args, caseId } = order;
  const outcome = giveCommand(at, operatorAt(db), { id, name, args, caseId });
  if (outcome.ok && order.takenBack) undo(at, { batch: id });
  if (outcome.ok) loop.queued();
  return outcome.ok;
}

/** Rows that the file holds otherwise than the server. */
async function compare(): Promise<{ ok: boolean; found: string[] }> {
  if (!desk) return { ok: false, found: [] };
  const { ended, report } = await desk.loop.verify({ mode: 'content', repair: false });
  const found = report.differences.flatMap(({ table, missing, stale, extra }) =>
    [...missing, ...stale, ...extra].map((id) => `${table}/${id}`),
  );
  return { ok: ended && report.unsettled === 0, found };
}

async function close(): Promise<void> {
  await desk?.loop.stop();
  desk?.db.close();
  desk = null;
}

async function obey(order: Order): Promise<{ ok: boolean; found: string[] }> {
  switch (order.t) {
    case 'open':
      open(order);
      return { ok: true, found: [] };
    case 'give':
      return { ok: give(order), found: [] };
    case 'compare':
      return compare();
    case 'tray': {
      const shown = desk ? shownCommands(desk.db, null) : [];
      return { ok: true, found: shown.map(({ id, state }) => `${id} ${state}`) };
    }
    case 'close':
      await close();
      return { ok: true, found: [] };
    default:
      return order satisfies never;
  }
}

say({ t: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const order = orderSchema.parse(JSON.parse(line));
  try {
    say({ t: 'done', n: order.n, ...(await obey(order)) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say({ t: 'done', n: order.n, ok: false, found: [error.kind] });
  }
}
await close();
