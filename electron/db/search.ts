import type { Params, WriteDb } from './statements.ts';
import { normalise, planOf, syllablesOf, termsOf, tokensOf } from './text.ts';

/**
 * What of a case is searched: title, place, its number and the source's [C]. Not the story, which would make the index several times as large, and not
 * the people, whom not every role may see.
 */
export interface SearchedFields {
  no: string;
  sourceNo: string;
  title: string;
  address: string;
}

/** The text a word is looked for in; the line feed keeps a match from running across two fields. */
export function wordsOf(fields: SearchedFields): string {
  return [fields.title, fields.address, fields.no, fields.sourceNo].map(normalise).join('\n');
}

/** Writes the search text of a case; does nothing when it is unchanged, which is the rule when a case moves on. */
export function indexCase(db: WriteDb, n: number, fields: SearchedFields): void {
  const words = wordsOf(fields);
  const known = db.get<{ words: string }>('SELECT words FROM case_text WHERE n = :n', { n });
  if (known?.words === words) return;
  const syllables = syllablesOf(fields.title);
  db.run(
    `INSERT INTO case_text (n, words, syllables, initials) VALUES (:n, :words, :syllables, :initials)
     ON CONFLICT (n) DO UPDATE SET words = excluded.words, syllables = excluded.syllables, initials = excluded.initials`,
    { n, words, syllables: syllables.join(' '), initials: syllables.map((one) => one[0]).join('') },
  );
  if (known) db.run('DELETE FROM case_search WHERE rowid = :n', { n });
  db.run('INSERT INTO case_search (rowid, grams) VALUES (:n, :grams)', {
    n,
    grams: [...tokensOf(words, syllables)].join(' '),
  });
}

export function unindexCase(db: WriteDb, n: number): void {
  db.run('DELETE FROM case_search WHERE rowid = :n AND EXISTS (SELECT 1 FROM case_text WHERE n = :n)', { n });
  db.run('DELETE FROM case_text WHERE n = :n', { n });
}

/**
 * Condition on `c.n` for cases that hold every word: in their text as it stands, or, for a word of Latin letters, in the pinyin of the title. The
 * index gives candidates; where pairs of characters cannot decide, the text itself does. Empty when nothing was typed.
 */
export function searchCondition(text: string): { sql: string; params: Params } {
  const parts: string[] = [];
  const params: Record<string, string> = {};
  for (const [index, term] of termsOf(text).entries()) {
    const plan = planOf(term);
    const word = `word${index}`;
    params[word] = term;
    const ways: string[] = [];
    const inText = `(SELECT instr(t.words, :${word}) > 0 FROM case_text t WHERE t.n = case_search.rowid)`;
    if (plan.text === null) ways.push(`SELECT t.n FROM case_text t WHERE instr(t.words, :${word}) > 0`);
    else {
      params[`gram${index}`] = plan.text;
      ways.push(
        `SELECT rowid FROM case_search WHERE case_search MATCH :gram${index}${plan.exact ? '' : ` AND ${inText}`}`,
      );
    }
    if (plan.pinyin) {
      params[`full${index}`] = plan.pinyin.full;
      params[`initials${index}`] = plan.pinyin.initials;
      ways.push(
        `SELECT rowid FROM case_search WHERE case_search MATCH :full${index}${plan.pinyin.exact ? '' : ` AND (SELECT pinyin_matches(t.syllables, :${word}) FROM case_text t WHERE t.n = case_search.rowid)`}`,
        `SELECT rowid FROM case_search WHERE case_search MATCH :initials${index}${plan.pinyin.exact ? '' : ` AND (SELECT instr(t.initials, :${word}) > 0 FROM case_text t WHERE t.n = case_search.rowid)`}`,
      );
    }
    parts.push(`c.n IN (${ways.join(' UNION ALL ')})`);
  }
  return { sql: parts.join(' AND '), params };
}
