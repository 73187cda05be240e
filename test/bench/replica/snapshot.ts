import { stat } from 'node:fs/promises';
import type { Scope } from '../../../scripts/local/scope.ts';
import type { Say } from '../../../scripts/runtime/progress.ts';
import { insertBare } from '../bare-inserts.ts';
import { type Figure, figure } from '../figures.ts';
import { type BenchCounty, removeReplica } from './county.ts';
import { expectedScreen, watchFirstScreen } from './first-screen.ts';
import { startSide } from './wire.ts';

/** A whole county into the empty file `file`, one process writing and one reading as in the app; closed and in one piece at the end. */
export async function measureSnapshot(county: BenchCounty, file: string, scope: Scope, say: Say): Promise<Figure[]> {
  await removeReplica(file);
  const expected = await expectedScreen(county.pool);
  const writer = startSide(scope);
  const reader = startSide(scope);
  await writer.call('rss');
  say(`First sync of ${county.cases} cases …`);
  const startedAt = performance.now();
  await writer.call('openWriter', file);
  await reader.call('openReader', file);
  const opened = performance.now() - startedAt;
  const syncing = writer.call('sync', county.url);
  const watching = watchFirstScreen(reader, expected, startedAt);
  const { ms, processor } = await Promise.race([syncing, watching.then(() => syncing)]);
  const screen = await watching;
  const rss = await writer.call('rss');
  for (const side of [reader, writer]) {
    await side.call('close');
    await side.close();
  }
  const seconds = (opened + ms) / 1000;
  const { size } = await stat(file);
  say(`synchronised in ${seconds.toFixed(1)} s, first screen after ${(screen.rows / 1000).toFixed(1)} s`);
  const bare = await insertBare(file, `${file}.bare`);
  say(`${bare.rows} rows as bare inserts in ${(bare.ms / 1000).toFixed(1)} s`);
  return [
    figure('snapshot.seconds', 's', seconds, { goal: 30, note: 'from the empty file to the state live' }),
    figure('snapshot.firstScreenSeconds', 's', screen.rows / 1000, {
      goal: 3,
      note: 'a reading process gives the first 100 open cases of the period and the counts of open cases as they are at the end',
    }),
    figure('snapshot.allCountsSeconds', 's', screen.counts / 1000, { note: 'all counts of the period as at the end' }),
    figure('snapshot.ratioToRawInsert', '', seconds / (bare.ms / 1000), { goal: 4 }),
    figure('snapshot.rawInsertSeconds', 's', bare.ms / 1000),
    figure('snapshot.rows', 'rows', bare.rows),
    figure('snapshot.writerProcessor', 's', processor),
    figure('db.bytesPerCase', 'B', size / county.cases, { goal: 2000 }),
    figure('rss.writerMB', 'MB', rss, { note: 'after the first sync' }),
  ];
}
