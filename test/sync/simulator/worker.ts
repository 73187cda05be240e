import { variations } from '../mutants/variations.ts';
import { Runner } from './run.ts';

/** What a worker is asked for, and what it answers with: a `ScheduleResult`, its log only where something broke or the log is wanted. */
export interface Order {
  seed: number;
  keep: number[] | null;
  log: boolean;
}

// A process of its own for schedules, one after another: `simulate` in pool.ts.
const runner = new Runner(variations[process.argv[2] as keyof typeof variations] ?? {});
process.on('message', ({ seed, keep, log }: Order) => {
  const done = runner.run(seed, keep ? new Set(keep) : null).then((result) => {
    process.send?.(result.problems.length > 0 || log ? result : { ...result, log: [] });
  });
  done.catch((error: unknown) => {
    process.send?.({ seed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
process.once('disconnect', () => {
  runner.close();
  process.exit(0);
});
