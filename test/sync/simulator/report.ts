import { execFileSync } from 'node:child_process';
import { promises } from './journal.ts';
import type { SimulationReport } from './simulate.ts';

/** The report that is kept with the tests: test/sync/REPORT.md. */
export function reportText(report: SimulationReport, first: number): string {
  const commit = execFileSync('git', ['log', '-1', '--format=%h %cs'], { encoding: 'utf8' }).trim();
  const { runs, failed, seeds, broken, commands, faults, drainSeconds, unnoticed, jobs, seconds } = report;
  const rows = (entries: [string, string | number][]) => entries.map(([name, value]) => `| ${name} | ${value} |`);
  return [
    '# Simulated schedules of the synchronisation',
    '',
    `Commit ${commit}; \`npm run simulate -- --runs ${runs} --seed ${first} --jobs ${jobs}\`: ${runs} runs, seeds ${first} to ${first + runs - 1},`,
    `${commands} commands, ${seconds} s of wall time. Failed: ${failed}${failed > 0 ? ` (seeds ${seeds.join(', ')})` : ''}.`,
    `From healing to drained, virtual seconds: p50 ${drainSeconds.p50}, p99 ${drainSeconds.p99}, longest ${drainSeconds.max}.`,
    `Desks that could not notice a restore under the old name by its revisions, mended by comparing: ${unnoticed}.`,
    '',
    '| promise | schedules that broke it |',
    '|---|---|',
    ...rows(
      Object.entries(broken).map(([name, times]) => [`${name}: ${promises[name as keyof typeof promises]}`, times]),
    ),
    '',
    '| fault | times |',
    '|---|---|',
    ...rows(Object.entries(faults)),
    '',
  ].join('\n');
}
