import { CaseSet, partOf } from './search/case-set.ts';
import { indexedUpTo } from './search/keep.ts';
import { holdsWord, type Lookup, type SearchedFields, type Way, waysOf, wordsOf } from './search/terms.ts';
import type { Params, ReadDb } from './statements.ts';
import { termsOf } from './text.ts';
import { VersionCache } from './version-cache.ts';

/** The cases that hold all words of a text. */
export interface Found {
  /** Those that may: all that do are among them. */
  candidates: CaseSet;
  /** Candidates whose text changed since the index was made, or is not in it; and the others. */
  fresh: CaseSet;
  settled: CaseSet;
  /** Whether a candidate does; reads its text where the index alone cannot tell. */
  holds(n: number): boolean;
  /** Those of some candidates that do: their texts are read together, at half the cost. */
  among(ns: readonly number[]): Set<number>;
  /** Whether every candidate does. */
  decided: boolean;
}

const cached = new VersionCache<Found>(4);
/** So many texts are read in one statement. */
const atOnce = 2000;

/** Null when nothing was typed. The same text is looked up once until another connection commits. */
export function findCases(db: ReadDb, text: string): Found | null {
  const words = termsOf(text);
  if (words.length === 0) return null;
  return cached.get(db, words.join(' '), () => lookUp(db, words));
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
  const [settled, certain, fresh] = [candidates ?? new CaseSet(), sure ?? new CaseSet(), new CaseSet()];
  for (const { n, ...fields } of freshCases(db, upto)) {
    settled.delete(n);
    certain.delete(n);
    if (fields.title !== null && holdsAll(fields as SearchedFields, words)) fresh.add(n);
  }
  const all = new CaseSet();
  for (const set of [settled, fresh]) all.addAll(set);
  certain.addAll(fresh);
  const isSure = (n: number) => decided || certain.has(n);
  return {
    candidates: all,
    fresh,
    settled,
    decided,
    holds: (n) => all.has(n) && (isSure(n) || readAndTell(db, [n], words).has(n)),
    among: (ns) =>
      new Set([
        ...ns.filter(isSure),
        ...readAndTell(
          db,
          ns.filter((n) => !isSure(n)),
          words,
        ),
      ]),
  };
}

function byWay(db: ReadDb, { all }: Way, upto: number): CaseSet {
  if (all.length === 0) {
    const everything = new CaseSet();
    everything.addUpTo(upto);
    return everything;
  }
  let met = new CaseSet();
  let within = Array.from({ length: partOf(upto) + 1 }, (_, part) => part);
  for (const [index, lookup] of all.entries()) {
    const next = byTerm(db, lookup, within);
    if (index > 0) met.keep(next);
    else met = next;
    within = met.parts();
    if (within.length === 0) break;
  }
  return met;
}

function byTerm(db: ReadDb, { term, prefix }: Lookup, parts: readonly number[]): CaseSet {
  const where = prefix ? 's.term >= :term AND s.term < :beyond' : 's.term = :term';
  const lists = db.rows<[part: number, piece: number, ns: Uint8Array]>(
    `SELECT s.part, s.piece, s.ns FROM json_each(:parts) p CROSS JOIN search_part s ON s.part = p.value AND ${where}`,
    { parts: JSON.stringify(parts), term, ...(prefix ? { beyond: `${term}\u{10ffff}` } : {}) },
  );
  const set = new CaseSet();
  for (const [part, piece, ns] of lists) set.addStored(part, piece, ns);
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

/** Those of these cases that hold the words, by their texts. */
function readAndTell(db: ReadDb, ns: readonly number[], words: readonly string[]): Set<number> {
  const rows = db.all<SearchedFields & { n: number }>(
    `SELECT c.n, c.title, c.address, c.no, c.source_no AS "sourceNo"
     FROM json_each(:ns) wanted CROSS JOIN cases c ON c.n = wanted.value`,
    { ns: JSON.stringify(ns) },
  );
  return new Set(rows.filter((fields) => holdsAll(fields, words)).map(({ n }) => n));
}

function holdsAll(fields: SearchedFields, words: readonly string[]): boolean {
  const text = wordsOf(fields);
  return words.every((word) => holdsWord(text, fields.title, word));
}

/** The cases of a text as a JSON list of their numbers: what `case_hits` gives to SQL. */
export function hitsAsJson(db: ReadDb, text: string): string {
  const found = findCases(db, text);
  const ns = found ? [...found.candidates.values()] : [];
  if (found?.decided !== false) return JSON.stringify(ns);
  const holding: number[] = [];
  for (let at = 0; at < ns.length; at += atOnce) holding.push(...found.among(ns.slice(at, at + atOnce)));
  return JSON.stringify(holding);
}

/** Condition on `c.n` for cases that hold every word: in their text as it stands or, for Latin letters, in the pinyin of the title. Empty when nothing was typed. */
export function searchCondition(text: string): { sql: string; params: Params } {
  if (termsOf(text).length === 0) return { sql: '', params: {} };
  return { sql: 'c.n IN (SELECT value FROM json_each(case_hits(:words)))', params: { words: text } };
}
