import { execFileSync } from 'node:child_process';
import type { MutantsReport } from './run-mutants.ts';

/** The report that is kept with the tests: test/sync/mutants/REPORT.md. Mutants in the order of their list, controls first. */
export function mutantsText({ mutants, caught, seconds, verdicts }: MutantsReport, order: readonly string[]): string {
  const commit = execFileSync('git', ['log', '-1', '--format=%h %cs'], { encoding: 'utf8' }).trim();
  const place = (name: string) => order.indexOf(name);
  const rows = verdicts.toSorted((a, b) => place(a.name) - place(b.name));
  return [
    '# Mutants of our own code, and controls that stand in its place',
    '',
    `Commit ${commit}; \`npm run simulate -- --mutants\`: ${caught} of ${mutants} caught, ${seconds} s of wall time. A control is not broken code: a client that`,
    'pulls behind its queue, a disk that lies.',
    '',
    '| mutant | breaks | seed that caught it | by | what was said |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ name, breaks, seed, by, said, runs }) =>
        `| ${name} | ${breaks} | ${seed ?? `none of ${runs}`} | ${by ?? ''} | ${said.replaceAll('|', '/').slice(0, 120)} |`,
    ),
    '',
  ].join('\n');
}
