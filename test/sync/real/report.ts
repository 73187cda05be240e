import type { RealReport } from './suite.ts';

/** The report as it is committed. */
export function markdownOf(report: RealReport): string {
  const { runs, firstSeed, failed, convergeMs, problems, faults } = report;
  const rows = Object.entries({
    'commands acknowledged': report.acknowledged,
    'accepted by the server': report.accepted,
    'rejected by the server': report.rejected,
    'taken back before they left': report.takenBack,
    'in step after everything was whole, p50': `${convergeMs.p50} ms`,
    'p99 (goal 10,000)': `${convergeMs.p99} ms`,
    max: `${convergeMs.max} ms`,
    seconds: report.seconds,
    ...Object.fromEntries(
      Object.entries(faults)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, times]) => [`fault: ${name}`, times]),
    ),
  });
  const table = rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
  const broken = problems.map(({ seed, promise, text }) => `- seed ${seed}, ${promise}: ${text}`).join('\n');
  return `# Runs with real processes

\`npm run simulate -- --real --runs ${runs} --seed ${firstSeed}\`: ${runs} runs, ${failed} broke a promise.

| | |
|---|---|
${table}
${broken === '' ? '' : `\n${broken}\n`}`;
}
