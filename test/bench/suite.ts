import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { Scope } from '../../scripts/local/scope.ts';
import { projectRoot } from '../../scripts/runtime/places.ts';
import { sayOnTerminal as say } from '../../scripts/runtime/progress.ts';
import { type Figure, machineOf, type Report, tableOf } from './figures.ts';

/**
 * Runs a suite as the whole of this process: figures to standard output, a table or with `json` one object; everything it started ends with it, also
 * after SIGTERM, by which scripts/bench.ts passes on a Ctrl-C.
 */
export async function runSuite(
  suite: string,
  json: boolean,
  measure: (scope: Scope) => Promise<{ figures: Figure[]; electron: string }>,
): Promise<never> {
  const scope = new Scope();
  const interrupted = new Promise<'interrupted'>((done) => {
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done('interrupted'));
  });
  const loadBefore = loadavg()[0] ?? 0;
  let exitCode = 0;
  try {
    const outcome = await Promise.race([measure(scope), interrupted]);
    if (outcome === 'interrupted') exitCode = 130;
    else {
      const commit = execFileSync('git', ['describe', '--always', '--dirty'], { cwd: projectRoot, encoding: 'utf8' });
      const { figures, electron } = outcome;
      const report: Report = { suite, machine: machineOf(electron), commit: commit.trim(), loadBefore, figures };
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : textOf(report));
    }
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    exitCode = 1;
  }
  try {
    await scope.close();
  } catch (error) {
    say(`Cleaning up did not go well: ${error instanceof Error ? error.message : String(error)}`);
    exitCode ||= 1;
  }
  process.exit(exitCode);
}

function textOf({ machine, commit, loadBefore, figures }: Report): string {
  const { cpu, cores, memoryGiB, node, electron } = machine;
  const facts = `${cpu}, ${cores} cores, ${memoryGiB} GiB; Node ${node}, Electron ${electron}; commit ${commit}; load ${loadBefore.toFixed(1)}`;
  return `${facts}\n\n${tableOf(figures)}\n`;
}
