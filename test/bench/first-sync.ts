import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openWrite } from '../../electron/db/connection.ts';
import type { Say } from '../../scripts/runtime/progress.ts';
import { insertBare } from './bare-inserts.ts';
import { startDeskLoop } from './desk-loop.ts';
import { type Figure, figure, median, medianFigure } from './figures.ts';

/** A sync longer than this is measured fewer times, ms. */
const longMs = 30_000;
const fewRuns = 3;

/** Brings a whole county into a new replica, over HTTP from the real server, and puts the same rows into bare tables, by turns. */
export async function measureFirstSync(
  options: { folder: string; serverUrl: string; runs: number },
  say: Say,
): Promise<Figure[]> {
  const seconds: number[] = [];
  const processor: number[] = [];
  const bare: number[] = [];
  let rows = 0;
  let bytes = 0;
  let { runs } = options;
  await mkdir(options.folder, { recursive: true });
  for (let run = 1; run <= runs; run += 1) {
    const file = join(options.folder, 'first-sync.sqlite');
    const before = process.cpuUsage();
    const ms = await syncOnce(file, options.serverUrl);
    const { user, system } = process.cpuUsage(before);
    bytes = (await stat(file)).size;
    const inserted = await insertBare(file, join(options.folder, 'bare.sqlite'));
    await remove(file);
    rows = inserted.rows;
    seconds.push(ms / 1000);
    processor.push((user + system) / 1e6);
    bare.push(inserted.ms / 1000);
    say(`sync ${run}: ${rows} rows in ${(ms / 1000).toFixed(1)} s, bare inserts ${(inserted.ms / 1000).toFixed(1)} s`);
    if (ms > longMs) runs = Math.min(runs, fewRuns);
  }
  const note = runs < options.runs ? `${runs} runs: one takes longer than ${longMs / 1000} s` : undefined;
  return [
    figure('firstSync.rowsPerSecond', 'rows/s', rows / median(seconds), note === undefined ? {} : { note }),
    figure('firstSync.ratioToBareInserts', '', median(seconds) / median(bare)),
    figure('firstSync.rows', 'rows', rows),
    figure('firstSync.replicaFile', 'MB', bytes / 2 ** 20),
    medianFigure('firstSync.seconds', 's', seconds),
    medianFigure('firstSync.clientProcessor', 's', processor, 'processor time of the replica side'),
    medianFigure('firstSync.bareInserts', 's', bare),
  ];
}

/** From the start of the loop to the first `live`, ms. Leaves the replica's file closed. */
async function syncOnce(file: string, serverUrl: string): Promise<number> {
  await remove(file);
  const db = openWrite(file);
  const loop = startDeskLoop(db, file, serverUrl);
  try {
    return await loop.live;
  } finally {
    await loop.stop();
    db.close();
  }
}

async function remove(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
}
