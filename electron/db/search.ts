import { CaseSet } from './search/case-set.ts';
import { indexedUpTo } from './search/keep.ts';
import { holdsWord, type Lookup, type SearchedFields, type Way, waysOf, wordsOf } from './search/terms.ts';
import type { Params, ReadDb } from './statements.ts';
import { termsOf } from './text.ts';

/** The cases that hold all words of a text. */
export interface Found {
  /** Those that may: all that do are among them. */
  candidates: CaseSet;
  /** Whether a candidate does; reads its text where the index alone cannot tell. */
  holds(n: number): boolean;
  /** Whether every candidate does. */
  decided: boolean;
}

const cached = new WeakMap<ReadDb, { version: string; found: Map<string, Found> }>();
const kept = 4;

/** Null when nothing was typed. The same text is looked up once until another connection commits. */
export function findCases(db: ReadDb, text: string): Found | null {
  const words = termsOf(text);
  if (words.length === 0) return null;
  // What others committed, and what this connection itself wrote.
  const version = `${db.dataVersion()} ${db.get<{ n: number }>('SELECT total_changes() AS n')?.n}`;
  let known = cached.get(db);
  if (known?.version !== version) {
    known = { version, found: new Map() };
    cached.set(db, known);
  }
  const key = words.join(' ');
  const before = known.found.get(key);
  if (before) return before;
  const found = lookUp(db, words);
  known.found.set(key, found);
  if (known.found.size > kept) known.found.delete(known.found.keys().next().value as string);
  return found;
}

function lookUp(db: ReadDb, words: readonly string[]): Found {
  const upto = indexedUpTo(db);
  let candidates: CaseSet | null = null;
  /** Those of the candidates of which the index alone says so. */
  let sure: CaseSet | null = null;
  let decided = true;
  for (const word of words) {
    const [may, must] = [new CaseSet(), new CaseSet()];
    for (const way of upto > 0 ? waysOf(word) : []) {
      const met = byWay(db, way, upto);
      may.addAll(met);
      if (way.exact) must.addAll(met);
      else decided &&= met.isEmpty();
    }
    if (candidates && sure) {
      candidates.keep(may);
      sure.keep(must);
    } else [candidates, sure] = [may, must];
  }
  const [all, certain] = [candidates ?? new CaseSet(), sure ?? new CaseSet()];
  for (const { n, ...fields } of freshCases(db, upto)) {
    all.delete(n);
    certain.delete(n);
    if (fields.title !== null && holdsAll(fields as SearchedFields, words)) {
      all.add(n);
      certain.add(n);
    }
  }
  const holds = (n: number) => all.has(n) && (decided || certain.has(n) || readAndTell(db, n, words));
  return { candidates: all, holds, decided };
}

function byWay(db: ReadDb, { all }: Way, upto: number): CaseSet {
  let met: CaseSet | null = null;
  for (const lookup of all) {
    const next = byTerm(db, lookup);
    if (met) met.keep(next);
    else met = next;
    if (met.isEmpty()) return met;
  }
  if (met) return met;
  const everything = new CaseSet();
  everything.addUpTo(upto);
  return everything;
}

const parts =
  'WITH RECURSIVE parts (part) AS (SELECT 0 UNION ALL SELECT part + 1 FROM parts WHERE part < (SELECT max(part) FROM search_part))';

function byTerm(db: ReadDb, { term, prefix }: Lookup): CaseSet {
  const where = prefix ? 's.term >= :term AND s.term < :beyond' : 's.term = :term';
  const lists = db.all<{ part: number; ns: Uint8Array }>(
    `${parts} SELECT s.part, s.ns FROM parts p CROSS JOIN search_part s ON s.part = p.part AND ${where}`,
    prefix ? { term, beyond: `${term}\u{7f}` } : { term },
  );
  const set = new CaseSet();
  for (const { part, ns } of lists) set.addStored(part, ns);
  return set;
}

type Stored = { [K in keyof SearchedFields]: SearchedFields[K] | null };

/** Cases whose place in the index is not to be trusted, with their texts; without texts when the case is gone. */
function freshCases(db: ReadDb, upto: number): (Stored & { n: number })[] {
  const fields = 'c.title, c.address, c.no, c.source_no AS "sourceNo"';
  return [
    ...db.all<Stored & { n: number }>(
      `SELECT f.n, ${fields} FROM search_fresh f LEFT JOIN cases c ON c.n = f.n WHERE f.n <= :upto`,
      { upto },
    ),
    ...db.all<Stored & { n: number }>(`SELECT c.n, ${fields} FROM cases c WHERE c.n > :upto`, { upto }),
  ];
}

function readAndTell(db: ReadDb, n: number, words: readonly string[]): boolean {
  const fields = db.get<SearchedFields>('SELECT title, address, no, source_no AS "sourceNo" FROM cases WHERE n = :n', {
    n,
  });
  return fields !== undefined && holdsAll(fields, words);
}

function holdsAll(fields: SearchedFields, words: readonly string[]): boolean {
  const text = wordsOf(fields);
  return words.every((word) => holdsWord(text, fields.title, word));
}

/** The cases of a text as a JSON list of their numbers: what `case_hits` gives to SQL. */
export function hitsAsJson(db: ReadDb, text: string): string {
  const found = findCases(db, text);
  const ns: number[] = [];
  if (found) for (const n of found.candidates.values()) if (found.decided || found.holds(n)) ns.push(n);
  return JSON.stringify(ns);
}

/** Condition on `c.n` for cases that hold every word: in their text as it stands or, for Latin letters, in the pinyin of the title. Empty when nothing was typed. */
export function searchCondition(text: string): { sql: string; params: Params } {
  if (termsOf(text).length === 0) return { sql: '', params: {} };
  return { sql: 'c.n IN (SELECT value FROM json_each(case_hits(:words)))', params: { words: text } };
}
