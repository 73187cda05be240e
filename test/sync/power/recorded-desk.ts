import { join } from 'node:path';
import { applyPage } from '../../../electron/db/apply-page.ts';
import { applySnapshotPart, beginSnapshot, endSnapshot } from '../../../electron/db/apply-snapshot.ts';
import { accepted, rejected } from '../../../electron/db/desk.test-support.ts';
import { readFact, writeFact } from '../../../electron/db/meta.ts';
import { markSending, nextToSend } from '../../../electron/db/outbox.ts';
import { recordResults } from '../../../electron/db/record-results.ts';
import { sampleOperator } from '../../../electron/db/sample.test-support.ts';
import type { ServerLine } from '../../../electron/db/server-rows.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { Chance } from '../simulator/random.ts';
import { ScriptedCounty } from './county-script.ts';
import { type DeskParts, deskParts, openDesk, whenItLeaves } from './desk-parts.ts';
import { Marks } from './marks.ts';

// A desk whose disk is recorded: the real replica file, the real handlers, and marks of what was said to last.
// Arguments: folder, seed, steps, with the side file ("side") or "alone", and how it is broken on purpose ("sound", "normal", "early").
const [folder = '', seedText = '', stepsText = '', sideText = 'side', flaw = 'sound'] = process.argv.slice(2);
const file = join(folder, 'replica.db');
const chance = new Chance(Number(seedText));
const county = new ScriptedCounty(Number(seedText));
const marks = new Marks(folder);
let db = open();
let parts = partsOf(0);
let given = 0;
let snapshot: { at: number; prior: number; waiting: ServerLine[][]; done: number } | null = null;

function open(): WriteDb {
  const opened = openDesk(file, sideText === 'side');
  if (flaw === 'normal') opened.run('PRAGMA synchronous = NORMAL');
  return opened;
}

function partsOf(firstId: number): DeskParts {
  return deskParts(db, { firstId });
}

async function urge(): Promise<void> {
  const caseIds = Array.from({ length: chance.between(1, 3) }, () => county.caseId(chance.between(0, 40)));
  const note = '请尽快'.repeat(chance.between(0, 60));
  const { queued } = await parts.handlers.urge({ caseIds, degree: 'yellow', postKinds: [], note });
  const ids = queued.map((one) => one.commandId);
  const [batch] = ids;
  if (batch === undefined) throw new Error('an urging was refused');
  marks.say({ t: 'acknowledged', ids });
  // One urging alone leaves at once; what goes to several cases can be taken back.
  if (new Set(caseIds).size < 2 || chance.hits(0.7)) return;
  marks.say({ t: 'takingBack', ids });
  await parts.handlers.undo({ batch });
  marks.say({ t: 'takenBack', ids });
}

async function call(): Promise<void> {
  if (flaw === 'early') marks.say({ t: 'acknowledged', ids: [idAfter(2)] });
  await parts.handlers.startCall({ caseId: county.caseId(chance.between(0, 40)), personId: 'p-1' });
  marks.say({ t: 'acknowledged', ids: [parts.ids.at(-1) as string] });
}

function idAfter(steps: number): string {
  return `command-${String(given + parts.ids.length + steps - 1).padStart(6, '0')}`;
}

function page(cursor: number): void {
  const to = cursor + chance.between(1, 4);
  marks.say({ t: 'goingTo', place: { cursor: to } });
  applyPage(db, { from: cursor, cursor: to, epoch: null, lines: county.page(cursor, to) });
  marks.say({ t: 'arrived', place: { cursor: to } });
}

function answers(cursor: number): void {
  const batch = nextToSend(db, sampleOperator.id, [], chance.between(1, 5), whenItLeaves);
  markSending(
    db,
    batch.map((command) => command.id),
  );
  const rev = cursor + chance.between(1, 2);
  const results = batch.map(({ id }) => (chance.hits(0.8) ? accepted(id, rev) : rejected(id)));
  for (const one of results) if (one.rev !== null) marks.say({ t: 'accepted', id: one.id, rev: one.rev });
  recordResults(db, results);
}

function startSnapshot(prior: number): void {
  const at = prior + chance.between(1, 3);
  const waiting = county.parts(at);
  const total = waiting.reduce((sum, rows) => sum + rows.length, 0);
  snapshot = { at, prior, waiting, done: 0 };
  marks.say({ t: 'goingTo', place: { snapshot: at, prior, parts: 0 } });
  beginSnapshot(db, { epoch: 'epoch-1', at, total });
  marks.say({ t: 'arrived', place: { snapshot: at, prior, parts: 0 } });
}

function goOnWithSnapshot(under: NonNullable<typeof snapshot>): void {
  const { at, prior } = under;
  const rows = under.waiting.shift() ?? [];
  const done = under.done + 1;
  // The last part comes with the end.
  const place = under.waiting.length > 0 ? { snapshot: at, prior, parts: done } : { cursor: at };
  marks.say({ t: 'goingTo', place });
  if (under.waiting.length > 0) applySnapshotPart(db, rows, `part-${done}`);
  else endSnapshot(db, rows, at);
  marks.say({ t: 'arrived', place });
  snapshot = under.waiting.length > 0 ? { ...under, done } : null;
}

function reopen(): void {
  db.close();
  given += parts.ids.length;
  db = open();
  parts = partsOf(given);
}

async function step(): Promise<void> {
  const draw = chance.next();
  const cursor = readFact(db, 'cursor');
  if (snapshot && draw < 0.4) goOnWithSnapshot(snapshot);
  else if (draw < 0.45 && (cursor ?? snapshot?.prior ?? 0) > 0) await urge();
  else if (draw < 0.6 && (cursor ?? snapshot?.prior ?? 0) > 0) await call();
  else if (draw < 0.75 && cursor !== null) page(cursor);
  else if (draw < 0.86 && cursor !== null) answers(cursor);
  else if (draw < 0.9) db.all(`PRAGMA wal_checkpoint(${chance.pick(['PASSIVE', 'FULL', 'RESTART', 'TRUNCATE'])})`);
  else if (draw < 0.92) reopen();
  else if (draw < 0.94 && cursor !== null) startSnapshot(cursor);
}

writeFact(db, 'operator', sampleOperator);
startSnapshot(0);
for (let n = Number(stepsText); n > 0; n -= 1) await step();
db.close();
marks.close();
