import { syllableOf } from '../text.ts';
import { Posting, partSize, Union } from './case-set.ts';
import { fullMark, initialsMark, isWordCode, type SearchedFields, wordsOf } from './terms.ts';

/** Postings by a small whole number. */
class DirectTable {
  private readonly postings: (Posting | undefined)[];

  constructor(size: number) {
    this.postings = new Array<Posting | undefined>(size).fill(undefined);
  }

  push(key: number, at: number): void {
    const known = this.postings[key];
    if (known !== undefined) {
      known.push(at);
      return;
    }
    const posting = new Posting();
    posting.push(at);
    this.postings[key] = posting;
  }

  get(key: number): Posting | undefined {
    return this.postings[key];
  }

  set(key: number, posting: Posting): void {
    this.postings[key] = posting;
  }

  *found(): Generator<[number, Posting]> {
    for (const [key, posting] of this.postings.entries()) if (posting !== undefined) yield [key, posting];
  }
}

/** Postings by a whole number of up to 32 bits: open addressing, because this is asked dozens of times a case. */
class HashTable {
  private keys = new Uint32Array(1 << 13);
  private postings = new Array<Posting | undefined>(1 << 13).fill(undefined);
  private size = 0;

  push(key: number, at: number): void {
    const known = this.postings[this.slotOf(key)];
    if (known !== undefined) {
      known.push(at);
      return;
    }
    const posting = new Posting();
    posting.push(at);
    this.set(key, posting);
  }

  get(key: number): Posting | undefined {
    return this.postings[this.slotOf(key)];
  }

  set(key: number, posting: Posting): void {
    const slot = this.slotOf(key);
    if (this.postings[slot] !== undefined) {
      this.postings[slot] = posting;
      return;
    }
    this.keys[slot] = key;
    this.postings[slot] = posting;
    this.size += 1;
    if (this.size * 2 > this.postings.length) this.grow();
  }

  *found(): Generator<[number, Posting]> {
    for (const [slot, posting] of this.postings.entries())
      if (posting !== undefined) yield [this.keys[slot] as number, posting];
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 11) & mask;
    while (this.postings[slot] !== undefined && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const found = [...this.found()];
    this.keys = new Uint32Array(this.keys.length * 2);
    this.postings = new Array<Posting | undefined>(this.keys.length).fill(undefined);
    for (const [key, posting] of found) {
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.postings[slot] = posting;
    }
  }
}

const letterBase = 27;
const codeOfA = 97;
const asciiCodes = 128;
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

/** Gives every term that others begin with what they hold too. `beginOf` names the one a term begins with; null: none. */
function join(
  longer: DirectTable | HashTable,
  shorter: DirectTable | HashTable,
  beginOf: (key: number) => number | null,
): void {
  const groups = new Map<number, Posting[]>();
  for (const [key, posting] of longer.found()) {
    const begin = beginOf(key);
    if (begin === null) continue;
    const group = groups.get(begin);
    if (group) group.push(posting);
    else groups.set(begin, [posting]);
  }
  const union = new Union();
  for (const [key, group] of groups) {
    const own = shorter.get(key);
    if (own) group.push(own);
    for (const posting of group) union.add(posting);
    shorter.set(key, union.take());
  }
}

/**
 * The lists of one part while it is filled: by single character, by pair, and by the pinyin of the title. Cases come in ascending order of their
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
  /** Characters beyond 16 bits are rare: their terms are kept as texts. */
  private readonly rare = new Map<string, Posting>();
  private readonly letters = new Uint8Array(4096);
  private readonly begins = new Uint16Array(1024);

  constructor(part: number) {
    this.part = part;
  }

  add(n: number, fields: SearchedFields): void {
    const at = n - this.part * partSize;
    this.addWords(wordsOf(fields), at);
    this.addPinyin(fields.title, at);
  }

  /** Every term and its list, in the order of the database's keys. Call once, at the end. */
  terms(): [term: string, stored: Uint8Array][] {
    this.joinShorter();
    const list: [string, Uint8Array][] = [];
    const put = (found: Iterable<[number, Posting]>, termOf: (key: number) => string) => {
      for (const [key, posting] of found) list.push([termOf(key), posting.stored()]);
    };
    const text = String.fromCharCode;
    put(this.singles.found(), (key) => text(key));
    put(this.asciiPairs.found(), (key) => text(Math.floor(key / asciiCodes), key % asciiCodes));
    put(this.pairs.found(), (key) => text(key >>> 16, key & 0xffff));
    put(this.shortFull.found(), (key) => fullMark + spelled(key));
    put(this.longFull.found(), (key) => fullMark + spelled(key));
    put(this.initials.found(), (key) => initialsMark + spelled(key));
    for (const [term, posting] of this.rare) list.push([term, posting.stored()]);
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
