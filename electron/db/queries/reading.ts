import { CaseSet } from '../search/case-set.ts';
import type { Found } from '../search.ts';
import type { ReadDb } from '../statements.ts';
import type { HitSource } from './hit-source.ts';
import { hitsSql, type ListPlan, type Stretch, sliceSql } from './list-way.ts';

/** Rows looked at in one statement: at first, and at most. */
const usualSlices = { first: 500, largest: 20_000 };
/** Of cases that are looked up by their numbers, so many at first, and at most. */
const usualLots = { first: 300, largest: 4000 };
/** A statement is to take about this long, ms: what is asked meanwhile waits no longer. */
const sliceMs = 15;

/** Place in the order and number, both negative where the order descends. */
type Place = [place: number, n: number];

/**
 * The order of a list, read as far as it is needed. Slices are read one after the other without holding the file's state between them; a case that moves
 * meanwhile stands where it was met first.
 */
export class Reading {
  /** Whether every case of the list is known. */
  done = false;
  private readonly db: ReadDb;
  private readonly plan: ListPlan;
  private readonly found: Found | null;
  private numbers = new Uint32Array(1024);
  private count = 0;
  private readonly seen = new CaseSet();
  private stretch = 0;
  private after: { key: number; n: number } | null = null;
  private slice: number;
  private readonly largest: number;
  private lot: number;
  /** Looked up, and not yet passed by everything that is still to be looked up; in the list's order. */
  private waiting: Place[] = [];

  constructor(db: ReadDb, plan: ListPlan, found: Found | null, slices = usualSlices, firstLot = usualLots.first) {
    this.db = db;
    this.plan = plan;
    this.found = found;
    this.slice = slices.first;
    this.largest = slices.largest;
    this.lot = firstLot;
  }

  /** Cases known so far. */
  get length(): number {
    return this.count;
  }

  /** Places from `offset` to before `offset + limit`; reads on as far as that needs. */
  numbersFrom(offset: number, limit: number): number[] {
    while (!this.done && this.count < offset + limit) this.readOn();
    return [...this.numbers.subarray(offset, Math.min(this.count, offset + limit))];
  }

  /** Reads one slice more. */
  readOn(): void {
    const stretch = this.plan.stretches[this.stretch];
    if (stretch === undefined) {
      this.done = true;
      return;
    }
    if (stretch.hits) {
      this.readHits(stretch, stretch.hits);
      return;
    }
    const walks = this.plan.way.kind === 'walk';
    const limit = walks ? this.slice : -1;
    const { sql, params } = sliceSql(stretch, this.plan.way, this.after, limit);
    const startedAt = performance.now();
    const rows = this.db.all<{ n: number; key: number }>(sql, params);
    for (const { n } of rows) if (this.belongs(n)) this.push(n);
    const last = rows.at(-1);
    if (last && walks && rows.length === limit) {
      this.after = last;
      this.slice = adapted(this.slice, performance.now() - startedAt, 4, this.largest);
      return;
    }
    this.endStretch();
  }

  /** Looks up one lot more, and takes what no case still to come may precede. */
  private readHits(stretch: Stretch, hits: HitSource): void {
    const startedAt = performance.now();
    const { sql, params } = hitsSql(stretch, hits.take(this.lot));
    const rows = this.db.rows<[n: number, key: number]>(sql, params);
    const holding = this.found?.decided === false ? this.found.among(rows.map(([n]) => n)) : null;
    for (const [n, key] of rows)
      if (holding === null || holding.has(n)) this.waiting.push(stretch.descending ? [-key, -n] : [key, n]);
    this.waiting.sort(([a, n], [b, m]) => a - b || n - m);
    const best = hits.best() ?? Number.POSITIVE_INFINITY;
    let taken = 0;
    for (const [place, n] of this.waiting) {
      if (place >= best) break;
      taken += 1;
      if (!this.seen.has(Math.abs(n))) this.push(Math.abs(n));
    }
    this.waiting.splice(0, taken);
    this.lot = adapted(this.lot, performance.now() - startedAt, 2, usualLots.largest);
    if (hits.best() === null) this.endStretch();
  }

  private endStretch(): void {
    this.stretch += 1;
    this.after = null;
    this.done = this.stretch === this.plan.stretches.length;
  }

  private belongs(n: number): boolean {
    return (this.found === null || this.found.holds(n)) && !this.seen.has(n);
  }

  private push(n: number): void {
    this.seen.add(n);
    if (this.count === this.numbers.length) {
      const grown = new Uint32Array(this.count * 2);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.count] = n;
    this.count += 1;
  }
}

/** The size that takes about as long as it is to, after one of `size` took `ms`; at most `faster` times as large. */
function adapted(size: number, ms: number, faster: number, largest: number): number {
  const wanted = ms > 0 ? (size * sliceMs) / ms : largest;
  return Math.round(Math.min(largest, Math.max(100, Math.min(size * faster, wanted))));
}
