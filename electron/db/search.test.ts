import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { replicaPair } from './queries/replica-pair.test-support.ts';
import {
  feed,
  fill,
  gone,
  line,
  memoryReplica,
  sampleCase,
  sampleFilter,
  sampleRegister,
} from './sample.test-support.ts';
import { CaseSet, Posting, partSize } from './search/case-set.ts';
import { indexedUpTo, indexNextPart, rebuildSearch, tendSearch } from './search/keep.ts';
import { wordsOf } from './search/terms.ts';
import { findCases } from './search.ts';
import { normalise, syllablesOf } from './text.ts';

const letters = [...'水电路林地房屋排污噪声欠薪水水电电ktv12-、（）%_"\'*𠮷绿'];
const title = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 14 }).map((list) => list.join(''));
const nearNumbers = [
  '2016-',
  '2016-0',
  '2016--05',
  '20 16-05',
  '水2016-05号',
  '2016-050',
  'a2016-05-',
  '2016-水',
  '２０１６-05',
];
/** Every third case has other numbers, some of them hardly such, and what looks like one in its place. */
function numbersOf(index: number): { no?: string; sourceNo?: string; address?: string } {
  if (index % 3 > 0 || index === 42) return {};
  const odd = ['𠮷', '水-2016', '2', '20', 'ⅳ①', ''][(index / 3) % 11];
  return {
    no: `XY-201${index % 8}-0${index % 5}-00${String(index).padStart(3, '0')}`,
    sourceNo: odd ?? `WG3503${index}-201605${index}-${index}05`,
    address: nearNumbers[(index / 3) % nearNumbers.length] ?? '',
  };
}
const rows = fc.sample(fc.record({ title, address: title }), { numRuns: 300, seed: 3 }).map((fields, index) =>
  sampleCase(`c${index}`, {
    ...fields,
    no: `XY-2023-08-${String(index).padStart(4, '0')}`,
    ...numbersOf(index),
  }),
);
/** Numbers, their ends and pieces, what is nearly one, and digits with hyphens anywhere. */
const numberLike = fc.oneof(
  fc
    .constantFrom(...rows)
    .chain((row) =>
      fc
        .tuple(fc.constantFrom(row.no, row.sourceNo, row.address), fc.nat(20), fc.integer({ min: 1, max: 16 }))
        .map(([text, from, length]) => [...text].slice(from, from + length).join('')),
    ),
  fc.constantFrom(...rows).chain((row) => fc.integer({ min: 1, max: 6 }).map((length) => row.no.slice(-length))),
  fc.array(fc.constantFrom(...'2016-05--xy'), { minLength: 1, maxLength: 9 }).map((list) => list.join('')),
  fc.constantFrom('2016-05', '2016-05-', '016-05', 'y-2016-05', '水2016-05', '-', '-2', '05', '5'),
);
const { writer, handlers } = replicaPair(rows.map((row) => line('case', row)));

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

/** Half of the promises below are held by the index, half by reading texts: an index comes in parts and never holds what just changed. */
describe.each(['read from texts', 'in the index', 'half in the index'])('cases %s', (state) => {
  beforeAll(() => {
    writer.run(`UPDATE search_state SET upto = 0, signature = 'of other terms'`);
    if (state === 'in the index') rebuildSearch(writer);
    if (state !== 'half in the index') return;
    rebuildSearch(writer);
    writer.run('UPDATE search_state SET upto = 150');
    writer.run('INSERT OR IGNORE INTO search_fresh SELECT n FROM cases WHERE n % 7 = 0');
  });

  test('search finds what a plain substring search finds: 1, 2, 3 and more characters, one word or several, any sign', () => {
    const word = fc.oneof(
      numberLike,
      fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 5 }).map((list) => list.join('')),
      fc
        .constantFrom(...rows.slice(0, 50))
        .chain((row) =>
          fc
            .nat(row.title.length)
            .chain((at) => fc.integer({ min: 1, max: 6 }).map((n) => [...row.title].slice(at, at + n).join(''))),
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
});

describe('the index', () => {
  test('follows a title that changes and a case that goes, before and after its part is made anew', () => {
    rebuildSearch(writer);
    expect(found('2023-08-0042')).toEqual(['c42']);
    const changed = { rev: 2, no: 'XY-2023-08-0042', title: '独木桥', address: '' };
    feed(writer, 1, 2, [line('case', sampleCase('c42', changed)), gone('case', 'c43', 2)]);
    for (const anew of [false, true]) {
      if (anew) {
        writer.run('UPDATE search_state SET upto = 0');
        rebuildSearch(writer);
      }
      expect(found('独木桥')).toEqual(['c42']);
      expect(found('dumuq')).toEqual(['c42']);
      expect(found('2023-08-0043')).toEqual([]);
    }
    feed(writer, 2, 3, [line('case', sampleCase('c42', { ...changed, rev: 3, title: '新题' }))]);
    expect(found('独木')).toEqual([]);
  });

  test('is not touched by a case that moves on with the same words', () => {
    const before = writer.get('SELECT count(*) AS n FROM search_fresh');
    feed(writer, 3, 4, [
      line('case', sampleCase('c42', { rev: 4, no: 'XY-2023-08-0042', title: '新题', address: '', urgeCount: 3 })),
    ]);
    expect(writer.get('SELECT count(*) AS n FROM search_fresh')).toEqual(before);
  });

  test('of other terms than this program’s is not read, and made anew', () => {
    rebuildSearch(writer);
    writer.run(`UPDATE search_state SET signature = 'of an older program'`);
    writer.run(`UPDATE search_part SET ns = x'01'`);
    expect(indexedUpTo(writer)).toBe(0);
    expect(found('水')).toEqual(oracleNow('水'));
    while (indexNextPart(writer));
    expect(indexedUpTo(writer)).toBeGreaterThan(290);
    expect(found('水')).toEqual(oracleNow('水'));
  });

  test('is tended once too much waits for it, and only then', () => {
    const db = memoryReplica();
    fill(db, [...sampleRegister(), ...Array.from({ length: 5000 }, (_, n) => line('case', sampleCase(`k${n}`)))]);
    expect(tendSearch(db)).toBe(true);
    expect(indexedUpTo(db)).toBe(5000);
    expect(tendSearch(db)).toBe(false);
    db.run(`UPDATE cases SET title = '独木桥' WHERE n <= 4500`);
    expect([...(findCases(db, '独木桥')?.candidates.values() ?? [])]).toHaveLength(4500);
    expect(tendSearch(db)).toBe(true);
    expect(db.get('SELECT count(*) AS n FROM search_fresh')).toEqual({ n: 0 });
    expect([...(findCases(db, '独木桥')?.candidates.values() ?? [])]).toHaveLength(4500);
    expect(tendSearch(db)).toBe(false);
  });

  test('finds a new case that was given the number of one that is gone', () => {
    const db = memoryReplica();
    fill(db, [...sampleRegister(), ...Array.from({ length: 5000 }, (_, n) => line('case', sampleCase(`k${n}`)))]);
    rebuildSearch(db);
    db.run('DELETE FROM cases WHERE n > 100');
    expect(tendSearch(db)).toBe(true);
    feed(db, 1, 2, [line('case', sampleCase('new', { rev: 2, title: '独木桥' }))]);
    expect(findCases(db, '独木桥')?.candidates.count()).toBe(1);
  });
});

test('a stored list gives back its numbers, few or many, in any part', () => {
  const numbers = fc.oneof(
    fc.uniqueArray(fc.nat(partSize - 1), { maxLength: 300 }),
    fc
      .tuple(fc.nat(40_000), fc.integer({ min: 7900, max: 9000 }), fc.integer({ min: 1, max: 3 }))
      .map(([from, count, step]) =>
        Array.from({ length: count }, (_, index) => from + index * step).filter((at) => at < partSize),
      ),
  );
  fc.assert(
    fc.property(numbers, fc.nat(40), (list, part) => {
      const sorted = list.toSorted((a, b) => a - b);
      const posting = new Posting();
      for (const at of sorted) posting.push(at);
      const set = new CaseSet();
      for (const [piece, stored] of posting.pieces()) {
        expect(stored.byteLength).toBeLessThan(1000);
        set.addStored(part, piece, stored);
      }
      expect([...set.values()]).toEqual(sorted.map((at) => part * partSize + at));
      expect(set.count()).toBe(sorted.length);
      expect(set.isEmpty()).toBe(sorted.length === 0);
    }),
    { numRuns: 200 },
  );
});

test('every number up to a last one is in the set of all', () => {
  for (const last of [0, 1, 31, 32, partSize - 1, partSize, partSize + 77]) {
    const set = new CaseSet();
    set.addUpTo(last);
    expect([...set.values()]).toEqual(Array.from({ length: last + 1 }, (_, n) => n));
  }
});

/** By reading every text as it stands now. */
function oracleNow(word: string): string[] {
  return writer.column<string>(
    'SELECT id FROM cases WHERE instr(title || char(10) || address || char(10) || source_no, :word) > 0 ORDER BY id',
    { word },
  );
}
