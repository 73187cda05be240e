import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openRead, openWrite } from './connection.ts';
import { queryHandlers } from './queries/handlers.ts';
import { feed, fill, line, sampleCase, sampleFilter, sampleRegister, scratchFile } from './sample.test-support.ts';
import { wordsOf } from './search.ts';
import { normalise, syllablesOf } from './text.ts';

const letters = [...'水电路林地房屋排污噪声欠薪水水电电ktv12-、（）%_"\'*'];
const title = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 14 }).map((list) => list.join(''));
const rows = fc
  .sample(fc.record({ title, address: title }), { numRuns: 300, seed: 3 })
  .map((fields, index) => sampleCase(`c${index}`, { ...fields, no: `XY-2023-08-${String(index).padStart(4, '0')}` }));
const file = scratchFile();
const writer = openWrite(file);
fill(writer, [...sampleRegister(), ...rows.map((row) => line('case', row))]);
const reader = openRead(file);
const handlers = queryHandlers(reader, (work) => work());
afterAll(() => {
  reader.close();
  writer.close();
});

function found(text: string): string[] {
  const filter = { ...sampleFilter, text };
  const { listId } = handlers.openList({ filter, sort: 'recorded', limit: 1 });
  return [...handlers.listIds({ listId, offset: 0, limit: 5000 }).ids].sort();
}

/** What a plain substring search gives, all words needed; pinyin apart. */
function oracle(text: string): string[] {
  const terms = normalise(text).split(' ').filter(Boolean);
  return rows
    .filter((row) => terms.every((term) => wordsOf(row).includes(term) || isPinyin(row.title, term)))
    .map((row) => row.id)
    .sort();
}

function isPinyin(text: string, term: string): boolean {
  if (!/^[a-z]+$/.test(term)) return false;
  const syllables = syllablesOf(text);
  const initials = syllables.map((one) => one[0]).join('');
  return initials.includes(term) || syllables.some((_, at) => syllables.slice(at).join('').startsWith(term));
}

test('search finds what a plain substring search finds: 1, 2, 3 and more characters, one word or several, any sign', () => {
  const word = fc.oneof(
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 5 }).map((list) => list.join('')),
    fc
      .constantFrom(...rows.slice(0, 50))
      .chain((row) =>
        fc.nat(row.title.length).chain((at) => fc.integer({ min: 1, max: 6 }).map((n) => row.title.slice(at, at + n))),
      ),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
      expect(found(words.join(' '))).toEqual(oracle(words.join(' ')));
    }),
    { numRuns: 300 },
  );
});

test('pinyin finds a title from any syllable on, in full, begun, or by initials', () => {
  const spelled = fc.constantFrom(...rows).chain((row) => {
    const syllables = syllablesOf(row.title);
    return fc.nat(Math.max(0, syllables.length - 1)).chain((at) =>
      fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 14 })).map(([full, n]) => {
        const rest = syllables.slice(at);
        return (full ? rest.join('') : rest.map((one) => one[0]).join('')).slice(0, n);
      }),
    );
  });
  fc.assert(
    fc.property(spelled, (text) => {
      if (text !== '') expect(found(text)).toEqual(oracle(text));
    }),
    { numRuns: 300 },
  );
});

test('a case is found by its number, and no longer by a title it has lost', () => {
  expect(found('2023-08-0042')).toEqual(['c42']);
  feed(writer, 1, 2, [
    line('case', sampleCase('c42', { rev: 2, no: 'XY-2023-08-0042', title: '独木桥', address: '' })),
  ]);
  expect(found('独木桥')).toEqual(['c42']);
  expect(found('dumuq')).toEqual(['c42']);
  feed(writer, 2, 3, [line('case', sampleCase('c42', { rev: 3, no: 'XY-2023-08-0042', title: '新题', address: '' }))]);
  expect(found('独木')).toEqual([]);
});
