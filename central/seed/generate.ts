import type { SyncTable } from '../../shared/protocol/tables.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';
import { dayMs } from '../../shared/time/shanghai.ts';
import { seedAccounts, seedIntakeKeys } from './accounts.ts';
import { Numbers } from './cases/numbers.ts';
import { openPlaces } from './cases/open-towns.ts';
import { laterSlots, naturalSlots, type PlanContext, planContext, previousCount, previousSlots } from './cases/plan.ts';
import { type RowContext, rowsOf } from './cases/row.ts';
import type { Slot } from './cases/slot.ts';
import { figures, yearSlots } from './cases/year.ts';
import { Prng } from './prng.ts';
import { countyOf } from './register/places.ts';
import { registerOf } from './register/rows.ts';
import { spansOf } from './spans.ts';
import type { SeedChunk, SeedOptions, SeedSet } from './types.ts';

const chunkCases = 2000;
/** Cases of the set when no number is asked for: the statistical year and the year before. */
export const defaultCases = figures.recorded + previousCount;

/** The whole seed set in memory. For large sets use `seedChunks`. */
export function generateSeed(options: SeedOptions): SeedSet {
  const tables = Object.fromEntries(syncTableNames.map((name) => [name, [] as unknown[]])) as Record<
    SyncTable,
    unknown[]
  >;
  for (const { table, rows } of seedChunks(options)) for (const row of rows) tables[table].push(row);
  return { tables: tables as SeedSet['tables'], accounts: seedAccounts, accountsIntakeKeys: seedIntakeKeys };
}

/**
 * The seed set as chunks to be stored one after the other: the register, then the cases of about two thousand at a time, oldest first, each
 * chunk of cases followed by its events, calls and messages. Memory is bounded by one year's plan. A pure function of its options.
 */
export function* seedChunks(options: SeedOptions): Generator<SeedChunk> {
  const spans = spansOf(options.anchorShiftWeeks, options.now);
  const county = countyOf(new Prng(options.seed, 1));
  const register = registerOf(county, spans, new Prng(options.seed, 2));
  yield* register.chunks;
  const plan = planContext(options.seed, spans, county);
  const rows: RowContext = { seed: options.seed, spans, people: register.people, numbers: new Numbers() };
  let batch: Slot[] = [];
  for (const slot of slotsOf(plan, options.cases ?? defaultCases)) {
    if (slot.at > spans.now) break;
    batch.push(slot);
    if (batch.length < chunkCases) continue;
    yield* chunksOf(batch, rows);
    batch = [];
  }
  yield* chunksOf(batch, rows);
}

function* slotsOf(plan: PlanContext, cases: number): Generator<Slot> {
  yield* olderSlots(plan, cases - defaultCases);
  const places = openPlaces(plan, new Prng(plan.seed, 3000));
  const before = { overdue: places.overdue.splice(0, 2), other: places.other.splice(0, 6) };
  const previous = previousSlots(plan, before);
  const known = [...previous, ...yearSlots(plan, places)];
  yield* cases < known.length ? known.slice(known.length - cases) : known;
  const { anchor, end } = plan.spans;
  yield* laterSlots(plan, { stream: 22, from: anchor, to: end, count: 258 });
}

/** Years before the earlier one, at about the county's own rate, at most ten of them: beyond, each holds more. */
function* olderSlots(plan: PlanContext, count: number): Generator<Slot> {
  if (count <= 0) return;
  const years = Math.min(10, Math.max(1, Math.round(count / 11_000)));
  const { previousFrom } = plan.spans;
  for (let n = years; n >= 1; n -= 1) {
    const share = Math.floor((count * (years - n + 1)) / years) - Math.floor((count * (years - n)) / years);
    const from = previousFrom - n * 364 * dayMs;
    yield* naturalSlots(plan, { era: 'older', stream: 19 - n, from, to: from + 364 * dayMs, count: share });
  }
}

function* chunksOf(batch: Slot[], context: RowContext): Generator<SeedChunk> {
  const cases: SeedSet['tables']['case'] = [];
  const caseEvent: SeedSet['tables']['caseEvent'] = [];
  const call: SeedSet['tables']['call'] = [];
  const message: SeedSet['tables']['message'] = [];
  for (const slot of batch) {
    const rows = rowsOf(slot, context);
    cases.push(...rows.cases);
    caseEvent.push(...rows.events);
    call.push(...rows.calls);
    message.push(...rows.messages);
  }
  if (cases.length > 0) yield { table: 'case', rows: cases };
  if (caseEvent.length > 0) yield { table: 'caseEvent', rows: caseEvent };
  if (call.length > 0) yield { table: 'call', rows: call };
  if (message.length > 0) yield { table: 'message', rows: message };
}
