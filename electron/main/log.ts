import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 1_000_000;

/** The main process's log: JSON lines in `logs/main.log`, one older file kept. Never holds personal data. */
export class Log {
  readonly folder: string;
  private readonly file: string;

  constructor(userData: string) {
    this.folder = join(userData, 'logs');
    this.file = join(this.folder, 'main.log');
    mkdirSync(this.folder, { recursive: true });
  }

  info(event: string, details: Record<string, unknown> = {}): void {
    this.write('info', event, details);
  }

  warn(event: string, details: Record<string, unknown> = {}): void {
    this.write('warn', event, details);
  }

  private write(level: string, event: string, details: Record<string, unknown>): void {
    try {
      if ((statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) {
        renameSync(this.file, `${this.file}.1`);
      }
      appendFileSync(this.file, `${JSON.stringify({ at: new Date().toISOString(), level, event, ...details })}\n`);
    } catch {
      // A full disk must not take the app down with its log.
    }
  }
}
