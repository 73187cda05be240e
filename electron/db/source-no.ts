import { findCases } from './search.ts';
import type { ReadDb } from './statements.ts';

/** So many cases that may have the number are looked at; of more, the server tells. */
const mostLooked = 500;

/** The case here that a source's number has become; null: none, or no number. Found through the search index. */
export function caseOfSourceNo(db: ReadDb, source: string, sourceNo: string): { id: string; no: string } | null {
  const wanted = sourceNo.trim();
  const found = wanted === '' ? null : findCases(db, wanted);
  if (!found) return null;
  let looked = 0;
  for (const n of found.candidates.values()) {
    if (++looked > mostLooked) return null;
    const one = db.get<{ id: string; no: string }>(
      'SELECT id, no FROM cases WHERE n = :n AND source = :source AND source_no = :wanted',
      { n, source, wanted },
    );
    if (one) return one;
  }
  return null;
}
