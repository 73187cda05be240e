import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../runtime/places.ts';
import { sayOnTerminal as say } from '../runtime/progress.ts';
import { singleCheck, type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

const require = createRequire(import.meta.url);
const reports = join(projectRoot, '.cache', 'reports');

export const types = () => check('Types', 'typescript/bin/tsc', ['-b']);
export const lint = () => check('Lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings']);

/** One of the vitest projects of test/vitest.config.ts. */
export async function vitest(project: 'unit' | 'integration'): Promise<Tally> {
  const file = await freshReport(`${project}.json`);
  const config = join('test', 'vitest.config.ts');
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(`Tests: ${project}`, 'vitest/vitest.mjs', [
    'run',
    '--config',
    config,
    '--project',
    project,
    ...report,
  ]);
  return read(file, code, tallyOfVitest);
}

/** The app in real Electron: test/e2e. */
export async function endToEnd(): Promise<Tally> {
  const file = await freshReport('e2e.json');
  const args = ['test', '--config', join('test', 'playwright.config.ts'), '--reporter=list,json'];
  const code = await run('Tests: end to end', '@playwright/test/cli.js', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  return read(file, code, tallyOfPlaywright);
}

/** Any other step, counted as one test: its Error is printed and is its failure. */
export async function step(name: string, work: () => Promise<unknown>): Promise<Tally> {
  say(`\n── ${name}`);
  try {
    await work();
    return singleCheck(0);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return singleCheck(1);
  }
}

async function check(name: string, program: string, args: readonly string[]): Promise<Tally> {
  const code = await run(name, program, args);
  if (code === 0) say('clean');
  return singleCheck(code);
}

/** Runs a program of node_modules with this Node; its words go to the terminal. Resolves with its exit code. */
function run(name: string, program: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<number> {
  say(`\n── ${name}`);
  const [scope = '', second = '', ...rest] = program.split('/');
  const packageName = scope.startsWith('@') ? `${scope}/${second}` : scope;
  const inside = scope.startsWith('@') ? rest : [second, ...rest];
  // Not every package exports its own programs; every one exports its manifest.
  const script = join(dirname(require.resolve(`${packageName}/package.json`)), ...inside);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...extra },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function freshReport(name: string): Promise<string> {
  await mkdir(reports, { recursive: true });
  const file = join(reports, name);
  await rm(file, { force: true });
  return file;
}

async function read(file: string, code: number, tally: (report: unknown, code: number) => Tally): Promise<Tally> {
  try {
    return tally(JSON.parse(await readFile(file, 'utf8')), code);
  } catch (error) {
    say(`The runner left no report (exit code ${code}): ${error instanceof Error ? error.message : String(error)}`);
    return singleCheck(1);
  }
}
