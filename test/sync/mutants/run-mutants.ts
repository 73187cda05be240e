import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PromiseName } from '../simulator/journal.ts';
import { simulate } from '../simulator/simulate.ts';
import { type Mutant, mutants } from './mutants.ts';
import { type VariationName, variations } from './variations.ts';

/** A mutant of the code, or a control that stands in the product's place. */
export interface Verdict {
  name: string;
  breaks: string;
  /** First seed that catches it; null: none of those tried. */
  seed: number | null;
  /** The promise by which, and what was said. */
  by: PromiseName | null;
  said: string;
  runs: number;
}
export interface MutantsReport {
  mutants: number;
  caught: number;
  seconds: number;
  verdicts: Verdict[];
}

const root = join(import.meta.dirname, '..', '..', '..');
const parts = ['electron', 'shared', 'test/sync', 'package.json', 'tsconfig.base.json'];
/** Seeds a mutant is given; one that none of them catches has survived. */
const mostSeeds = 150;

const controls: Readonly<Record<VariationName, string>> = { referenceClient: 'I4', lyingDisk: 'I1' };

/**
 * Breaks the product's code in each of the listed ways, in a copy of its sources, and runs schedules until one of them fails. Throws when a mutant's
 * text is not found exactly once. One whose schedules cannot be run at all is not caught.
 */
export async function runMutants(options: {
  jobs: number;
  only: readonly string[] | null;
  say(line: string): void;
  going?(): boolean;
}): Promise<MutantsReport> {
  const { only, say, going = () => true } = options;
  const started = performance.now();
  const wanted = (name: string) => only === null || only.includes(name);
  const chosen = mutants.filter(({ name }) => wanted(name));
  for (const mutant of chosen) broken(mutant);
  const trials: ((tree: string) => Promise<Verdict>)[] = [
    ...(Object.keys(controls) as VariationName[])
      .filter((name) => wanted(name) && name in variations)
      .map((name) => (tree: string) => trial(name, controls[name], tree, name)),
    ...chosen.map((mutant) => (tree: string) => tryMutant(mutant, tree)),
  ];
  if (trials.length === 0) throw new Error('no mutant of that name');
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  const verdicts: Verdict[] = [];
  let next = 0;
  const work = async (tree: string) => {
    copySources(tree);
    for (let one = trials[next++]; one && going(); one = trials[next++]) {
      const verdict = await one(tree);
      verdicts.push(verdict);
      say(lineOf(verdict));
    }
  };
  try {
    await Promise.all(Array.from({ length: options.jobs }, (_, n) => work(join(folder, String(n)))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const caught = verdicts.filter(({ seed }) => seed !== null).length;
  const seconds = Math.round((performance.now() - started) / 1000);
  return { mutants: trials.length, caught, seconds, verdicts };
}

function copySources(tree: string): void {
  for (const part of parts) {
    mkdirSync(join(tree, part, '..'), { recursive: true });
    cpSync(join(root, part), join(tree, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
}

/** The files with the mutant in them, by their paths. Throws when a text of it is not there exactly once. */
export function broken({ name, file, text, replacement, and }: Mutant, tree = root): Map<string, string> {
  const sources = new Map<string, string>();
  for (const edit of [{ file, text, replacement }, ...(and ? [{ file, ...and }] : [])]) {
    const source = sources.get(edit.file) ?? readFileSync(join(tree, edit.file), 'utf8');
    const found = source.split(edit.text).length - 1;
    if (found !== 1) throw new Error(`mutant ${name}: its text stands ${found} times in ${edit.file}`);
    sources.set(
      edit.file,
      source.replace(edit.text, () => edit.replacement),
    );
  }
  return sources;
}

async function tryMutant(mutant: Mutant, tree: string): Promise<Verdict> {
  const sources = broken(mutant, tree);
  const whole = new Map([...sources.keys()].map((file) => [file, readFileSync(join(tree, file), 'utf8')]));
  for (const [file, source] of sources) writeFileSync(join(tree, file), source);
  try {
    return await trial(mutant.name, mutant.breaks, tree, '');
  } finally {
    for (const [file, source] of whole) writeFileSync(join(tree, file), source);
  }
}

async function trial(name: string, breaks: string, tree: string, variation: string): Promise<Verdict> {
  const verdict: Verdict = { name, breaks, seed: null, by: null, said: '', runs: 0 };
  const simulated = simulate({
    first: 1,
    runs: mostSeeds,
    jobs: 1,
    variation,
    root: tree,
    onResult: ({ seed, problems }) => {
      const [problem] = problems;
      if (!problem) return true;
      Object.assign(verdict, { seed, by: problem.promise, said: problem.text });
      return false;
    },
  });
  try {
    const { runs } = await simulated;
    return { ...verdict, runs };
  } catch (error) {
    return { ...verdict, seed: null, runs: 0, said: String(error) };
  }
}

function lineOf({ name, breaks, seed, by, said, runs }: Verdict): string {
  if (runs === 0) return `${name.padEnd(36)} ${breaks.padEnd(4)} COULD NOT RUN: ${said.slice(0, 200)}`;
  const how = seed === null ? `NOT CAUGHT in ${runs} seeds` : `seed ${seed}, ${by}: ${said}`;
  return `${name.padEnd(36)} ${breaks.padEnd(4)} ${how.slice(0, 110)}`;
}
