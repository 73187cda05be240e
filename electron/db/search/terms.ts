import { normalise, pinyinMatches, syllablesOf } from '../text.ts';

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

/** Changes with everything that decides which terms a case has: an index made by another one is made anew. */
export const termsSignature = '2';

/** The text a word is looked for in; the line feed keeps a match from running across two fields. */
export function wordsOf(fields: SearchedFields): string {
  return `${textsOf(fields)}\n${numbersOf(fields).join('\n')}`;
}

/** Of that the part that is written in words. */
export function textsOf(fields: SearchedFields): string {
  return `${normalise(fields.title)}\n${normalise(fields.address)}`;
}

export function numbersOf(fields: SearchedFields): string[] {
  return [normalise(fields.no), normalise(fields.sourceNo)];
}

/** Marks of the two kinds of pinyin term; no letters of words, so that they meet no pair of the text itself. */
export const fullMark = '\u{1}';
export const initialsMark = '\u{2}';
/**
 * Mark of the terms of numbers: three characters each, signs too, or one. Digits stand in every number, so that their pairs tell few cases from others:
 * a month (2016-05) has all its pairs in half of all numbers, and its threes in a hundredth.
 */
export const numberMark = '\u{3}';
/** Takes the place of the third character after a number's last two. */
export const numberEnd = '\n';
const numberSize = 3;
/** Pinyin terms: from each syllable on, so many letters in full; from each syllable on, the initials of so many syllables. */
export const fullLengths: readonly number[] = [1, 2, 4, 6];
export const initialsLengths: readonly number[] = [2, 3];

/** Letters and digits of ASCII and everything beyond it stand in terms; other signs of ASCII part them. */
export function isWordCode(code: number): boolean {
  return code > 127 || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** One term to look up; with `prefix` every term that begins so. */
export interface Lookup {
  term: string;
  prefix: boolean;
}
/** Cases that have all of these terms. */
export interface Way {
  all: Lookup[];
  /** Whether they are the matches themselves; else the text decides. */
  exact: boolean;
}

/** All terms of a number, without their mark. `number` as it is stored, normalised. */
export function termsOfNumber(number: string): string[] {
  const characters = [...number];
  const triples = characters.length > 1 ? threes([...characters, numberEnd]) : [];
  return [...characters, ...triples];
}

function threes(characters: readonly string[]): string[] {
  return characters.slice(numberSize - 1).map((_, at) => characters.slice(at, at + numberSize).join(''));
}

/** The ways by which a word can be met: in the text, in a number, or as the pinyin of the title. A way without terms: every case is a candidate. */
export function waysOf(word: string): Way[] {
  const ways: Way[] = [textWay(word), numberWay(word)];
  if (/^[a-z]{1,64}$/.test(word)) ways.push(fullWay(word), ...initialsWays(word));
  return ways;
}

function textWay(word: string): Way {
  const runs = word.match(/[0-9a-z\P{ASCII}]+/gu) ?? [];
  const terms = new Set<string>();
  for (const run of runs) {
    const letters = [...run];
    if (letters.length === 1) terms.add(run);
    for (let at = 0; at + 1 < letters.length; at += 1) terms.add(`${letters[at]}${letters[at + 1]}`);
  }
  return {
    all: [...terms].map((term) => ({ term, prefix: false })),
    exact: runs.length === 1 && runs[0] === word && [...word].length <= 2,
  };
}

function numberWay(word: string): Way {
  const characters = [...word];
  const whole = characters.length < numberSize ? [word] : threes(characters);
  return {
    // The last characters of a number are what tells it from its neighbours.
    all: [...new Set(whole)].reverse().map((term) => ({ term: numberMark + term, prefix: characters.length === 2 })),
    exact: characters.length <= numberSize,
  };
}

function fullWay(word: string): Way {
  const longest = fullLengths.at(-1) ?? 0;
  const begun = word.slice(0, longest);
  return {
    all: [{ term: fullMark + begun, prefix: !fullLengths.includes(begun.length) }],
    exact: word.length <= longest,
  };
}

function initialsWays(word: string): Way[] {
  // The initial of one syllable is what its full spelling begins with.
  if (word.length < 2) return [];
  const longest = initialsLengths.at(-1) ?? 0;
  const all: Lookup[] = [];
  const size = Math.min(word.length, longest);
  for (let at = 0; at + size <= word.length; at += 1)
    all.push({ term: initialsMark + word.slice(at, at + size), prefix: false });
  return [{ all, exact: word.length <= longest }];
}

/** Whether a case holds the word: what every index is measured against. `words` is its `wordsOf`. */
export function holdsWord(words: string, title: string, word: string): boolean {
  if (words.includes(word)) return true;
  if (!/^[a-z]{1,64}$/.test(word)) return false;
  const syllables = syllablesOf(title);
  return (
    pinyinMatches(syllables.join(' '), word) ||
    syllables
      .map((one) => one[0])
      .join('')
      .includes(word)
  );
}
