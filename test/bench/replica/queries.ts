import type { Scope } from '../../../scripts/local/scope.ts';
import type { Say } from '../../../scripts/runtime/progress.ts';
import { type Figure, figure, median } from '../figures.ts';
import { queueQuestions, tileFilters } from './filters.ts';
import { firstQuestion } from './first-screen.ts';
import { percentile, slowest } from './numbers.ts';
import { startSide } from './wire.ts';
import { searchQuestions } from './words.ts';
import type { Times } from './worker.ts';

/** What a replica of one size answers how fast. */
export interface Answered {
  figures: Figure[];
  /** By figure, for growth. */
  p95: { tiles: number; search: number; queue: number };
}

export async function measureQueries(file: string, rounds: number, scope: Scope, say: Say): Promise<Answered> {
  const reader = startSide(scope);
  await reader.call('openReader', file);
  const lists = async (name: string, questions: Parameters<typeof reader.call<'lists'>>[1]) => {
    say(`${name}: ${questions.length} questions, ${rounds} rounds …`);
    return measured(await reader.call('lists', questions, rounds));
  };
  const queue = await lists('queue', queueQuestions());
  const search = await lists('search', searchQuestions());
  for (const line of slowest(queue.times, 5)) say(`  slow: ${line}`);
  for (const { name, answers, later } of search.times)
    say(`  ${name}: ${median(answers).toFixed(1)} ms, afterwards ${median(later).toFixed(1)} ms`);
  const rss = await reader.call('rss');
  const filters = tileFilters();
  say(`tiles: ${filters.length} filters, ${rounds} rounds, against a scan and DuckDB …`);
  const tiles = await reader.call('tiles', filters, rounds, file);
  for (const { name, replica, scan, duckdb } of tiles)
    say(`  ${name}: ${[replica, scan, duckdb].map((ms) => `${median(ms).toFixed(1)} ms`).join(', ')}`);
  await reader.call('close');
  await reader.close();
  const p95 = {
    tiles: percentile(
      tiles.flatMap((one) => one.replica),
      95,
    ),
    search: percentile(search.answers, 95),
    queue: percentile(queue.answers, 95),
  };
  const sum = (of: 'replica' | 'scan' | 'duckdb') => tiles.reduce((total, one) => total + median(one[of]), 0);
  return {
    p95,
    figures: [
      figure('tiles.p95ms', 'ms', p95.tiles, { goal: 25 }),
      figure('tiles.ratioToScan', '', sum('replica') / sum('scan'), {
        goal: 0.05,
        note: 'sums of the medians of all filters',
      }),
      figure('tiles.ratioToDuckdb', '', sum('replica') / sum('duckdb'), {
        goal: 1,
        note: 'sums of the medians of all filters',
      }),
      figure('search.p95ms', 'ms', p95.search, { goal: 30, note: `slowest: ${slowest(search.times, 5).join('; ')}` }),
      figure('search.laterMaxMs', 'ms', search.later, { note: 'longest stretch without a pause after an answer' }),
      figure('queue.p95ms', 'ms', p95.queue, { goal: 30, note: `slowest: ${slowest(queue.times, 5).join('; ')}` }),
      figure('queue.laterMaxMs', 'ms', queue.later, { note: 'longest stretch without a pause after an answer' }),
      figure('rss.readerMB', 'MB', rss, { note: 'after the questions of queue and search' }),
    ],
  };
}

/** The first round fills caches; it counts when it is the only one. */
function measured(times: Times[]): { times: Times[]; answers: number[]; later: number } {
  const warm = times.map(({ name, answers, later }): Times => {
    const skip = answers.length > 1 ? 1 : 0;
    return { name, answers: answers.slice(skip), later: later.slice(skip) };
  });
  return {
    times: warm,
    answers: warm.flatMap(({ answers }) => answers),
    later: Math.max(...warm.flatMap(({ later }) => later)),
  };
}

/** From the order to open the replica for writing to the reader's first list and counts, both processes new: ms, by turns, medians. */
export async function measureStart(
  files: readonly string[],
  rounds: number,
  scope: Scope,
  say: Say,
): Promise<number[]> {
  const times = files.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, file] of files.entries()) {
      const [writer, reader] = [startSide(scope), startSide(scope)];
      await Promise.all([writer.call('rss'), reader.call('rss')]);
      const startedAt = performance.now();
      await writer.call('openWriter', file);
      await reader.call('openReader', file);
      await reader.call('ask', 'register', {});
      await reader.call('ask', 'openList', firstQuestion);
      await reader.call('ask', 'areaCounts', { filter: { ...firstQuestion.filter, metric: 'recorded' } });
      times[index]?.push(performance.now() - startedAt);
      await Promise.all([reader.call('close'), writer.call('close')]);
      await Promise.all([reader.close(), writer.close()]);
    }
  }
  say(`start of a replica: ${times.map((one) => `${median(one).toFixed(0)} ms`).join(', ')}`);
  return times.map(median);
}
