import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWrite } from '../../../electron/db/connection.ts';
import type { Variation } from './desk.ts';
import { problem } from './journal.ts';
import { Killed } from './mortal-db.ts';
import { planOf } from './plan.ts';
import { Schedule, type ScheduleResult } from './schedule.ts';

/** Runs schedules in this process, one after another. */
export class Runner {
  private readonly folder: string;
  private readonly emptyFile: string;
  private readonly variation: Variation;
  private current: Schedule | null = null;
  private readonly onRejection = (error: unknown) => {
    if (error instanceof Killed) return;
    this.current?.journal.broke([problem('crashed', `nobody caught ${String(error)}`)]);
  };

  constructor(variation: Variation = {}) {
    this.variation = variation;
    // What a power cut takes is reckoned, not left to the disk, so the files may lie in memory.
    this.folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'simulator-'));
    this.emptyFile = join(this.folder, 'empty.db');
    openWrite(this.emptyFile).close();
    process.on('unhandledRejection', this.onRejection);
  }

  /** `keep`: only these steps of the plan. */
  async run(seed: number, keep: ReadonlySet<number> | null = null): Promise<ScheduleResult> {
    const own = join(this.folder, String(seed));
    mkdirSync(own);
    try {
      this.current = new Schedule(planOf(seed, keep), own, this.emptyFile, this.variation);
      return await this.current.run();
    } finally {
      rmSync(own, { recursive: true });
    }
  }

  close(): void {
    process.off('unhandledRejection', this.onRejection);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
