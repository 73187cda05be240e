import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { beginsName, namedBy } from '../../../shared/syllables.ts';
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
    const fits = terms.every(
      (term) => namedBy(name, syllablesOf(name), term) || namedBy(townName, syllablesOf(townName), term) || id === term,
    );
    return fits ? [{ id, name, townName }] : [];
  });
  const own = found.filter(({ name }) => beginsName(name, syllablesOf(name), first));
  return { villages: [...own, ...found.filter((village) => !own.includes(village))].slice(0, limit) };
}
