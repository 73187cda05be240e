import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { readRows } from '../rows.ts';
import type { ReadDb } from '../statements.ts';
import { syllablesOf, termsOf } from '../text.ts';

/**
 * Villages by words, pinyin or the beginnings of syllables (`fengting`, `fengt`, `ft`), of the village or its town; every word must be found. Those whose own
 * name begins with the first word come first.
 */
export function findVillages(db: ReadDb, { text, limit }: QueryArgs<'findVillages'>): QueryResult<'findVillages'> {
  const terms = termsOf(text);
  const [first = ''] = terms;
  const towns = new Map(readRows(db, 'town', '').map(({ id, name }) => [id, name]));
  const found = readRows(db, 'village', 'ORDER BY id').flatMap(({ id, name, townCode }) => {
    const townName = towns.get(townCode) ?? '';
    const fits = terms.every((term) => spells(name, term) || spells(townName, term) || id === term);
    return fits ? [{ id, name, townName }] : [];
  });
  const own = found.filter(({ name }) => begins(name, first));
  return { villages: [...own, ...found.filter((village) => !own.includes(village))].slice(0, limit) };
}

function begins(name: string, term: string): boolean {
  return name.startsWith(term) || beginsSyllables(syllablesOf(name), term);
}

function spells(name: string, term: string): boolean {
  if (name.includes(term)) return true;
  if (!/^[a-z]+$/.test(term)) return false;
  const syllables = syllablesOf(name);
  return syllables.some((_, from) => beginsSyllables(syllables.slice(from), term));
}

/** Whether the letters are beginnings of the syllables, one after the other, none left out. */
function beginsSyllables(syllables: readonly string[], letters: string): boolean {
  if (letters === '') return true;
  const [syllable, ...rest] = syllables;
  if (syllable === undefined) return false;
  for (let n = Math.min(syllable.length, letters.length); n > 0; n -= 1) {
    if (syllable.startsWith(letters.slice(0, n)) && beginsSyllables(rest, letters.slice(n))) return true;
  }
  return false;
}
