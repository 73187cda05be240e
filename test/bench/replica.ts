import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Scope } from '../../scripts/local/scope.ts';
import { sayOnTerminal as say } from '../../scripts/runtime/progress.ts';
import { type Figure, figure } from './figures.ts';
import { measureCatchup } from './replica/catchup.ts';
import { openCounty, openPostgres } from './replica/county.ts';
import { type Answered, measureQueries, measureStart } from './replica/queries.ts';
import { measureSnapshot } from './replica/snapshot.ts';
import { measureUrge } from './replica/urge.ts';
import { runSuite } from './suite.ts';

// The suite `replica`: a replica of many cases from a real server, over the wire: how fast it fills and follows, and how fast it answers.
// Everything is measured in processes of their own, as in the app, under Node. scripts/bench.ts starts it and stops it by SIGTERM.

const parts = ['snapshot', 'queries', 'start', 'catchup', 'urge'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: '100000' },
    few: { type: 'string', default: '10000' },
    changes: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'string' },
    from: { type: 'string' },
    only: { type: 'string', default: parts.join(',') },
  },
});
const rounds = Number(values.rounds);
const chosen = new Set<Part>(parts.filter((part) => values.only.split(',').includes(part)));

/** Where the run's files lie: a folder that goes with the run, or one that is kept for another. */
async function folderOf(scope: Scope): Promise<string> {
  const kept = values.from ?? values.keep;
  if (kept !== undefined) {
    if (values.from !== undefined && !existsSync(kept)) throw new Error(`--from ${kept}: no such folder`);
    await mkdir(kept, { recursive: true });
    return resolve(kept);
  }
  const folder = await mkdtemp(join(tmpdir(), 'xianyou-bench-'));
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function measure(scope: Scope): Promise<{ figures: Figure[]; electron: string }> {
  const folder = await folderOf(scope);
  const file = join(folder, 'replica.sqlite');
  const smallFile = join(folder, 'replica-small.sqlite');
  const reuse = values.from !== undefined && !chosen.has('snapshot') && existsSync(file) && existsSync(smallFile);
  const figures: Figure[] = [];
  const needsServer = !reuse || chosen.has('catchup');
  const postgres = needsServer ? await openPostgres(folder, scope) : null;
  const open = (name: string, cases: string) => {
    if (!postgres) throw new Error('no server in this run');
    return openCounty(postgres, folder, { name, cases: Number(cases) }, scope, say);
  };
  const large = needsServer ? await open('large', values.cases) : null;
  if (!reuse) {
    await measureSnapshot(await open('small', values.few), smallFile, scope, say);
    if (large) figures.push(...(await measureSnapshot(large, file, scope, say)));
  }
  if (chosen.has('queries')) {
    const few = await measureQueries(smallFile, rounds, scope, say);
    const many = await measureQueries(file, rounds, scope, say);
    figures.push(...many.figures, ...growthOf(few, many));
  }
  if (chosen.has('start')) {
    const [few = 0, many = 0] = await measureStart([smallFile, file], rounds, scope, say);
    figures.push(
      figure('start.ms', 'ms', many, { note: 'new processes: replica opened for writing, first list and counts read' }),
      figure('growth.start', '', many / few, { goal: 1.5 }),
    );
  }
  if (chosen.has('catchup') && large)
    figures.push(...(await measureCatchup(large, file, Number(values.changes), scope, say)));
  if (chosen.has('urge')) figures.push(...(await measureUrge(file, scope)));
  say(`the replica takes ${((await stat(file)).size / 2 ** 20).toFixed(0)} MB`);
  return { figures, electron: 'none' };
}

function growthOf(few: Answered, many: Answered): Figure[] {
  return (['tiles', 'search', 'queue'] as const).map((name) =>
    figure(`growth.${name}`, '', many.p95[name] / few.p95[name], {
      goal: 1.5,
      note: `p95 ${many.p95[name].toFixed(1)} ms by ${few.p95[name].toFixed(1)} ms`,
    }),
  );
}

await runSuite('replica', values.json, measure);
