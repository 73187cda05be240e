import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { openRead } from '../electron/db/connection.ts';
import { markDamaged } from '../electron/db/heal/aside.ts';
import { openReplica } from '../electron/db/heal/open-replica.ts';
import { readFact } from '../electron/db/meta.ts';
import { casesWithOpenCommands, outboxCounts } from '../electron/db/outbox.ts';
import { queryHandlers } from '../electron/db/queries/handlers.ts';
import type { ReadDb, WriteDb } from '../electron/db/statements.ts';
import { createHttpTransport } from '../electron/sync/http-transport.ts';
import { SyncLoop } from '../electron/sync/replica.ts';
import type { Account } from '../electron/sync/session.ts';
import { systemTimers } from '../electron/sync/timers.ts';
import type { VerifyReport } from '../electron/sync/verify.ts';
import { commandHandlers, deskOf } from '../electron/workers/command-handlers.ts';
import { Failure, type FailureKind, shapeOfFailure } from '../shared/errors.ts';
import { commands, queries } from '../shared/ipc/contract.ts';
import type { SyncStatus } from '../shared/model/sync-status.ts';
import type { DigestMode } from '../shared/protocol/digest.ts';
import { compareReadOnly } from './replica-compare.ts';
import { fileSession } from './replica-session.ts';

const usage = `Usage: npm run replica -- <what> --db FILE [--central URL] [--user U --password-file F]

  sync                  bring replica and server in step, empty the outbox, end
  query NAME JSON       answer a query of the contract from the replica (no network)
  command NAME JSON     give a command; it is on the disk when this answers (no network)
  status                where the replica stands (no network)
  verify                sync, then compare everything with the server, by ranges of ids

One program writes a file at a time. While the app has it, sync, command and verify --repair are refused; query and status answer, and verify compares
what the app keeps in step.

  --db FILE             the replica's file; the session is kept beside it in FILE.session
  --central URL         central server
  --user U              account, with --password-file F: a file that holds the password
  --timeout SECONDS     longest wait of sync and verify (300)
  --content             verify: compare what stands in the rows too, not only their revisions
  --repair              verify: put right what differs; only those rows are fetched
  --watch               sync: stay and keep in step; a line of status for every change

JSON on standard output, errors on standard error. Exit codes:
  0 done   1 unforeseen   2 usage or arguments   3 not signed in, wrong password   4 server not reached or too slow
  5 not our server or other protocol   6 the replica's file cannot be used   7 the disk is full or fails   8 the digests differ
  9 a command was refused (the reason is in the error)`;

const exitOf: Partial<Record<FailureKind, number>> = {
  badArguments: 2,
  unknownCase: 9,
  notPermitted: 9,
  wrongPassword: 3,
  accountLocked: 3,
  sessionExpired: 3,
  notSignedIn: 3,
  serverUnreachable: 4,
  timeout: 4,
  answerCut: 4,
  answerMalformed: 5,
  serverNotOurs: 5,
  protocolTooOld: 5,
  protocolTooNew: 5,
  replicaTooNew: 6,
  replicaNotSqlite: 6,
  replicaReadOnly: 6,
  replicaInUse: 6,
  replicaDamaged: 6,
  sqliteTooOld: 6,
  replicaNotDurable: 6,
  diskFull: 7,
  diskFailing: 7,
};
const refusals = /^[a-z]+[A-Z]/;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    db: { type: 'string' },
    central: { type: 'string', default: '' },
    user: { type: 'string' },
    'password-file': { type: 'string' },
    timeout: { type: 'string', default: '300' },
    watch: { type: 'boolean', default: false },
    content: { type: 'boolean', default: false },
    repair: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function usageError(message: string): never {
  throw new Failure('badArguments', `${message}; see --help`);
}

/** With its side file; made anew where it is damaged. Damage met later is marked: the next command makes it anew. */
function opened(file: string): WriteDb {
  const { db, healed } = openReplica(file, { now: () => Date.now() });
  db.onDamage = ({ message }) => markDamaged(file, { reason: message, movedTo: null });
  if (healed) process.stderr.write(`${JSON.stringify({ healed })}\n`);
  return db;
}

function loopOn(db: WriteDb, onStatus: (status: SyncStatus) => void): SyncLoop {
  const file = values.db ?? usageError('--db is missing');
  return new SyncLoop({
    db,
    transport: (onServerTime) =>
      createHttpTransport({ serverUrl: values.central, clock: { now: () => Date.now() }, onServerTime }),
    store: fileSession(`${file}.session`),
    clock: { now: () => Date.now() },
    random: Math.random,
    timers: systemTimers,
    serverUrl: values.central,
    workstation: hostname(),
    // Whoever asks whether it differs is not to be answered by a repair behind their back.
    sweep: positionals[0] === 'verify' ? null : {},
    account: accountGiven(),
    onStatus,
    onChanged: () => undefined,
    onTrouble: (kind, message) => process.stderr.write(`${JSON.stringify({ trouble: kind, message })}\n`),
  });
}

function accountGiven(): Account | null {
  const { user, 'password-file': passwordFile } = values;
  return user === undefined || passwordFile === undefined
    ? null
    : { username: user, password: readFileSync(passwordFile, 'utf8').trim() };
}

/** Runs the loop until `until` holds, and `then` while it runs on; or to the first failure that only a person can mend, or until the time is up. */
async function syncUntil<T>(
  db: WriteDb,
  until: (status: SyncStatus) => boolean,
  then: (status: SyncStatus, loop: SyncLoop) => Promise<T>,
): Promise<T> {
  let loop: SyncLoop | null = null;
  try {
    const reached = await new Promise<SyncStatus>((resolve, reject) => {
      let last: SyncStatus | null = null;
      const seconds = Number(values.timeout);
      const timer = setTimeout(
        () => reject(new Failure(kindOr(last?.reason, 'timeout'), `not in step after ${seconds} s`)),
        seconds * 1000,
      );
      loop = loopOn(db, (status) => {
        last = status;
        if (values.watch) print(status);
        const lost = status.state === 'signedOut' || (status.state === 'blocked' && !values.watch);
        if (!until(status) && !lost) return;
        if (values.watch && !lost) return;
        clearTimeout(timer);
        if (lost) reject(new Failure(kindOr(status.reason, 'notSignedIn'), 'cannot go on'));
        else resolve(status);
      });
      if (values.watch) clearTimeout(timer);
      loop.start();
    });
    return await then(reached, loop as unknown as SyncLoop);
  } finally {
    await (loop as SyncLoop | null)?.stop();
  }
}

function kindOr(kind: string | null | undefined, otherwise: FailureKind): FailureKind {
  return kind !== null && kind !== undefined && (kind in exitOf || kind === 'internal')
    ? (kind as FailureKind)
    : otherwise;
}

function inStep(db: WriteDb): (status: SyncStatus) => boolean {
  return (status) => status.state === 'live' && status.pending === 0 && casesWithOpenCommands(db).length === 0;
}

async function main(): Promise<number> {
  const [what, name, json] = positionals;
  if (values.help || what === undefined) {
    process.stdout.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const file = values.db ?? usageError('--db is missing');
  switch (what) {
    case 'sync': {
      const db = opened(file);
      print(await syncUntil(db, inStep(db), async (status) => status));
      db.close();
      return 0;
    }
    case 'status': {
      const db = openRead(file);
      const { pending, rejected } = outboxCounts(db);
      const facts = {
        cursor: readFact(db, 'cursor'),
        epoch: readFact(db, 'epoch'),
        operator: readFact(db, 'operator'),
      };
      const times = { confirmedAt: readFact(db, 'confirmedAt'), clockOffsetMs: readFact(db, 'clockOffsetMs') ?? 0 };
      print({ ...facts, ...times, pending, rejected, snapshot: readFact(db, 'snapshot') });
      db.close();
      return 0;
    }
    case 'query': {
      const db = openRead(file);
      const handlers = queryHandlers(db, (work) => work()) as Record<string, (args: never) => unknown>;
      print(ask(queries, handlers, name, json));
      db.close();
      return 0;
    }
    case 'command': {
      const db = opened(file);
      const loop = loopOn(db, () => undefined);
      const handlers = commandHandlers(deskOf(db, loop, hostname()), loop, () => undefined);
      print(await ask(commands, handlers as Record<string, (args: never) => unknown>, name, json));
      await loop.stop();
      db.close();
      return 0;
    }
    case 'verify': {
      const answer = await verify(file);
      print(answer);
      return answer.equal ? 0 : 8;
    }
    default:
      return usageError(`unknown: ${what}`);
  }
}

function ask(
  doors: Record<string, { args: { parse(value: unknown): unknown } }>,
  handlers: Record<string, (args: never) => unknown>,
  name: string | undefined,
  json: string | undefined,
): unknown {
  const door = name === undefined ? undefined : doors[name];
  const handler = name === undefined ? undefined : handlers[name];
  if (!door || !handler) usageError(`no such name: ${name}`);
  try {
    return handler(door.args.parse(JSON.parse(json ?? '{}')) as never);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('badArguments', error instanceof Error ? error.message : String(error));
  }
}

/**
 * Equal means: the same rows at the same revisions (`--content`: with the same contents), pending commands looked through; after `--repair`: that it was so
 * in the end. The loop goes on meanwhile, so a busy server is followed; where another program writes the file, its loop.
 */
async function verify(file: string): Promise<Verified> {
  const mode = values.content ? 'content' : 'revisions';
  let db: WriteDb;
  try {
    db = opened(file);
  } catch (error) {
    if (values.repair || !(error instanceof Failure) || error.kind !== 'replicaInUse') throw error;
    return compareOnly(file, mode);
  }
  const found = await syncUntil(db, inStep(db), async (_, loop) => loop.verify({ mode, repair: values.repair }));
  const answer = verified(db, found);
  db.close();
  return answer;
}

async function compareOnly(file: string, mode: DigestMode): Promise<Verified> {
  const db = openRead(file);
  const { central: serverUrl, timeout } = values;
  const [sessionFile, account, seconds] = [`${file}.session`, accountGiven(), Number(timeout)];
  const answer = verified(db, await compareReadOnly(db, { sessionFile, serverUrl, account, mode, seconds }));
  db.close();
  return answer;
}

type Verified = { equal: boolean } & Record<string, unknown>;

function verified(db: ReadDb, { ended, report }: { ended: boolean; report: VerifyReport }): Verified {
  const { ranges, rows, unsettled, repaired, fetched } = report;
  const differences = report.differences.map(({ table, ...ids }) => ({
    table,
    ...Object.fromEntries(Object.entries(ids).map(([kind, all]) => [kind, all.length])),
    ids: Object.values(ids).flat().slice(0, 20),
  }));
  if (!ended || (unsettled > 0 && differences.length === 0))
    throw new Failure('timeout', 'the server kept moving', { retry: true });
  const equal = unsettled === 0 && (values.repair || differences.length === 0);
  const rev = readFact(db, 'cursor');
  return { equal, rev, ranges, rows, repaired, fetched, unsettled, differences: differences.slice(0, 50) };
}

main()
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    const failure = shapeOfFailure(error);
    process.stderr.write(`${JSON.stringify(failure)}\n`);
    const refused = failure.kind === 'badArguments' && failure.detail !== null && refusals.test(failure.detail);
    process.exitCode = refused ? 9 : (exitOf[failure.kind] ?? 1);
  });
