import { syllableOf } from '../text.ts';
import { Posting, partSize } from './case-set.ts';
import { DirectTable, HashTable, join } from './posting-tables.ts';
import {
  fullMark,
  initialsMark,
  isWordCode,
  numberEnd,
  numberMark,
  numbersOf,
  type SearchedFields,
  termsOfNumber,
  textsOf,
} from './terms.ts';

const letterBase = 27;
const codeOfA = 97;
const asciiCodes = 128;
/** Three characters of ASCII as one number. */
const tripleMask = 0x1fffff;
/** Letters (1 to 26) of the reading of each character of 16 bits, once it was met; none for what has no reading. */
const readings: (Uint8Array | undefined)[] = new Array<Uint8Array | undefined>(65_536).fill(undefined);

function readingOf(code: number): Uint8Array {
  const known = readings[code];
  if (known !== undefined) return known;
  const syllable = syllableOf(String.fromCharCode(code));
  const reading = Uint8Array.from(syllable, (letter) => letter.charCodeAt(0) - codeOfA + 1);
  readings[code] = reading;
  return reading;
}

/**
 * The lists of one part while it is filled: by single character and pair of title and place, by three characters of the numbers, and by the pinyin of
 * the title. Cases come in ascending order of their
 * numbers, each once. A case is put down under its longest terms only; those that they begin with are joined from them at the end, once a part.
 */
export class PartBuilder {
  readonly part: number;
  private readonly singles = new DirectTable(65_536);
  private readonly asciiPairs = new DirectTable(asciiCodes * asciiCodes);
  private readonly pairs = new HashTable();
  /** Pinyin terms of up to two and three letters, and longer ones. */
  private readonly shortFull = new DirectTable(letterBase ** 2);
  private readonly longFull = new HashTable();
  private readonly initials = new DirectTable(letterBase ** 3);
  private readonly numberSingles = new DirectTable(asciiCodes);
  private readonly numberTriples = new HashTable();
  /** Characters beyond 16 bits, and numbers not of ASCII, are rare: their terms are kept as texts. */
  private readonly rare = new Map<string, Posting>();
  private readonly letters = new Uint8Array(4096);
  private readonly begins = new Uint16Array(1024);

  constructor(part: number) {
    this.part = part;
  }

  add(n: number, fields: SearchedFields): void {
    const at = n - this.part * partSize;
    this.addWords(textsOf(fields), at);
    for (const number of numbersOf(fields)) this.addNumber(number, at);
    this.addPinyin(fields.title, at);
  }

  /** Every term and its list, in the order of the database's keys. Call once, at the end. */
  terms(): [term: string, posting: Posting][] {
    this.joinShorter();
    const list: [string, Posting][] = [];
    const put = (found: Iterable<[number, Posting]>, termOf: (key: number) => string) => {
      for (const [key, posting] of found) list.push([termOf(key), posting]);
    };
    const text = String.fromCharCode;
    put(this.singles.found(), (key) => text(key));
    put(this.asciiPairs.found(), (key) => text(Math.floor(key / asciiCodes), key % asciiCodes));
    put(this.pairs.found(), (key) => text(key >>> 16, key & 0xffff));
    put(this.shortFull.found(), (key) => fullMark + spelled(key));
    put(this.longFull.found(), (key) => fullMark + spelled(key));
    put(this.initials.found(), (key) => initialsMark + spelled(key));
    put(this.numberSingles.found(), (key) => numberMark + text(key));
    put(this.numberTriples.found(), (key) => numberMark + text(key >>> 14, (key >>> 7) & 127, key & 127));
    list.push(...this.rare);
    return list.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private joinShorter(): void {
    join(this.pairs, this.singles, (pair) => pair >>> 16);
    join(this.asciiPairs, this.singles, (pair) => Math.floor(pair / asciiCodes));
    // Six letters and five begin with four, four and three with two, two with one: see `fullLengths`.
    const begun = (key: number, letters: number) => Math.floor(key / letterBase ** letters);
    const four = letterBase ** 4;
    join(this.longFull, this.longFull, (key) => (key < four ? null : begun(key, key < letterBase ** 5 ? 1 : 2)));
    join(this.longFull, this.shortFull, (key) => (key < four ? begun(key, key < letterBase ** 3 ? 1 : 2) : null));
    join(this.shortFull, this.shortFull, (key) => (key < letterBase ? null : begun(key, 1)));
    join(this.initials, this.initials, (key) => (key < letterBase ** 2 ? null : begun(key, 1)));
    join(this.numberTriples, this.numberSingles, (key) => key >>> 14);
  }

  private addWords(words: string, at: number): void {
    let before = 0;
    let rare = false;
    for (let index = 0; index < words.length; index += 1) {
      const code = words.charCodeAt(index);
      const surrogate = code >= 0xd800 && code <= 0xdfff;
      if (surrogate) rare = true;
      if (surrogate || !isWordCode(code)) {
        // A character that another follows is found by their pair.
        if (before !== 0) this.singles.push(before, at);
        before = 0;
        continue;
      }
      if (before !== 0) {
        if (code < asciiCodes && before < asciiCodes) this.asciiPairs.push(before * asciiCodes + code, at);
        else this.pairs.push(((before << 16) | code) >>> 0, at);
      }
      before = code;
    }
    if (before !== 0) this.singles.push(before, at);
    if (rare) this.addRare(words, at);
  }

  private addRare(words: string, at: number): void {
    const letters = [...words];
    for (const [index, letter] of letters.entries()) {
      const next = letters[index + 1] ?? '';
      if (letter.length > 1) this.pushRare(letter, at);
      const joined = isWordCode(letter.charCodeAt(0)) && next !== '' && isWordCode(next.charCodeAt(0));
      if (joined && letter.length + next.length > 2) this.pushRare(letter + next, at);
    }
  }

  private pushRare(term: string, at: number): void {
    const posting = this.rare.get(term) ?? new Posting();
    posting.push(at);
    this.rare.set(term, posting);
  }

  private addNumber(number: string, at: number): void {
    if (!isAscii(number)) {
      for (const term of termsOfNumber(number)) {
        if (!isAscii(term)) this.pushRare(numberMark + term, at);
        else if (term.length === 1) this.numberSingles.push(term.charCodeAt(0), at);
        else this.numberTriples.push(tripleKey(term), at);
      }
      return;
    }
    let key = 0;
    for (let index = 0; index < number.length; index += 1) {
      key = ((key << 7) | number.charCodeAt(index)) & tripleMask;
      if (index > 1) this.numberTriples.push(key, at);
    }
    if (number.length > 1) this.numberTriples.push(((key << 7) | numberEnd.charCodeAt(0)) & tripleMask, at);
    // Every other character begins a term that its own is joined from.
    if (number !== '') this.numberSingles.push(key & 127, at);
  }

  private addPinyin(title: string, at: number): void {
    const { letters, begins } = this;
    let syllables = 0;
    let length = 0;
    for (let index = 0; index < title.length; index += 1) {
      const code = title.charCodeAt(index);
      if (code < asciiCodes) continue;
      const reading = readingOf(code);
      if (reading.length === 0 || syllables === begins.length || length + reading.length > letters.length) continue;
      begins[syllables] = length;
      syllables += 1;
      for (let letter = 0; letter < reading.length; letter += 1) letters[length + letter] = reading[letter] as number;
      length += reading.length;
    }
    for (let which = 0; which < syllables; which += 1) {
      this.addFull(begins[which] as number, length, at);
      this.addInitials(which, syllables, at);
    }
  }

  /** The longest term from one syllable on: six letters, or as many as are left. */
  private addFull(begin: number, length: number, at: number): void {
    const { letters } = this;
    const end = Math.min(length, begin + 6);
    let key = 0;
    for (let index = begin; index < end; index += 1) key = key * letterBase + (letters[index] as number);
    if (end - begin > 2) this.longFull.push(key, at);
    else this.shortFull.push(key, at);
  }

  private addInitials(which: number, syllables: number, at: number): void {
    if (which + 1 >= syllables) return;
    const { letters, begins } = this;
    let key = letters[begins[which] as number] as number;
    for (let next = which + 1; next < syllables && next < which + 3; next += 1)
      key = key * letterBase + (letters[begins[next] as number] as number);
    this.initials.push(key, at);
  }
}

function spelled(key: number): string {
  let text = '';
  for (let rest = key; rest > 0; rest = Math.floor(rest / letterBase))
    text = String.fromCharCode((rest % letterBase) - 1 + codeOfA) + text;
  return text;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) >= asciiCodes) return false;
  return true;
}

function tripleKey(term: string): number {
  let key = 0;
  for (let index = 0; index < term.length; index += 1) key = (key << 7) | term.charCodeAt(index);
  return key;
}
