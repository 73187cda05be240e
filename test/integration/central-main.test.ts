import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { Desk } from '../builders/http-client.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(mkdtempSync(join(tmpdir(), 'xianyou-main-')), 'postgres');
let child: ChildProcess | null = null;

afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the command as an operator would and gives the address it prints. */
async function start(...more: string[]): Promise<string> {
  const args = [
    '--import',
    'tsx',
    'central/main.ts',
    '--embedded',
    folder,
    '--seed-if-empty',
    '--cases',
    '300',
    '--anchor',
  ];
  args.push('2023-08-21T20:00:00+08:00', '--clock-start', '2023-08-21T20:00:00+08:00', '--log-level', 'error', ...more);
  child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('no standard output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return (JSON.parse(line) as { listening: string }).listening;
}

async function health(url: string): Promise<{ rev: number; epoch: string }> {
  return (await (await fetch(`${url}/health`)).json()) as { rev: number; epoch: string };
}

describe('the command', () => {
  it('keeps its data over a kill and a clean stop, and leaves no database running', async () => {
    const first = await health(await start());
    child?.kill('SIGKILL');
    await once(child as ChildProcess, 'exit');
    // The database outlived its server: the next start takes it over.
    const url = await start('--simulate', '31/day', '--speed', '100000');
    expect(await health(url)).toMatchObject({ epoch: first.epoch });
    const desk = await Desk.signIn(url);
    const notices = await fetch(`${url}/sync/notices`, { headers: desk.headers });
    let heard = '';
    const reader = notices.body?.pipeThrough(new TextDecoderStream()).getReader();
    // The simulator's cases arrive as revisions.
    while (!heard.includes(`"rev":${first.rev + 3},`)) heard += (await reader?.read())?.value ?? '';
    const lock = join(folder, 'postmaster.pid');
    expect(existsSync(lock)).toBe(true);
    child?.kill('SIGTERM');
    const [code] = await once(child as ChildProcess, 'exit');
    expect(code).toBe(0);
    expect(existsSync(lock)).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });
});
