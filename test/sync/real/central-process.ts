import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { anchor } from '../../builders/county.ts';

const root = resolve(import.meta.dirname, '../../..');
const tsx = createRequire(import.meta.url).resolve('tsx');

/** The central server in a process of its own, that can be killed and started again on the same database. Its clock runs on over that. */
export class CentralProcess {
  url = '';
  private readonly databaseUrl: string;
  private readonly cases: number;
  private readonly startedAt = Date.now();
  private child: ChildProcess | null = null;

  constructor(databaseUrl: string, cases: number) {
    this.databaseUrl = databaseUrl;
    this.cases = cases;
  }

  /** Seeds an empty database. Resolves when it listens. */
  async start(): Promise<void> {
    const now = new Date(anchor + Date.now() - this.startedAt).toISOString();
    const seed = ['--seed-if-empty', '--anchor', new Date(anchor).toISOString(), '--cases', String(this.cases)];
    const args = ['--database-url', this.databaseUrl, '--log-level', 'fatal', '--clock-start', now, ...seed];
    const child = spawn(process.execPath, ['--import', tsx, 'central/main.ts', '--port', '0', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const url = await new Promise<string | null>((done) => {
      const lines = createInterface({ input: child.stdout });
      lines.once('line', (line) => done(String((JSON.parse(line) as { listening: string }).listening)));
      lines.once('close', () => done(null));
    });
    if (url === null) throw new Error('the central server ended before it listened');
    this.url = url;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
