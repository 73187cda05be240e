import { createRequire } from 'node:module';
import type * as Pinyin from 'pinyin-pro';

/** How text is compared: compatibility forms folded, lower case, blanks as one space. Both the stored text and the operator's words pass here. */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const load = createRequire(import.meta.url);
let pinyin: typeof Pinyin.pinyin | null = null;

/** Loaded with the first case that is indexed: its dictionary costs a process as much as all its other code, and a start indexes nothing. */
function spell(letter: string): string {
  pinyin ??= (load('pinyin-pro') as typeof Pinyin).pinyin;
  return pinyin(letter, { toneType: 'none', v: true });
}

const syllableOf = new Map<string, string>();

/** Reading of one character in plain letters (绿 → lv); empty for what has none. The commonest reading only: a table, not a language model. */
function readingOf(letter: string): string {
  let reading = syllableOf.get(letter);
  if (reading === undefined) {
    const spelled = /\p{Script=Han}/u.test(letter) ? spell(letter) : '';
    reading = /^[a-zü]+$/.test(spelled) ? spelled.replaceAll('ü', 'v') : '';
    syllableOf.set(letter, reading);
  }
  return reading;
}

/** Syllables of the Chinese characters of a text, in order. */
export function syllablesOf(text: string): string[] {
  const syllables: string[] = [];
  for (const letter of text) {
    const reading = readingOf(letter);
    if (reading !== '') syllables.push(reading);
  }
  return syllables;
}

/** Whether `letters` spells the text from the beginning of some syllable; the last syllable may be begun only. `syllables` joined by spaces. */
export function pinyinMatches(syllables: string, letters: string): boolean {
  const parts = syllables.split(' ');
  for (let start = 0; start < parts.length; start += 1) {
    let rest = letters;
    for (let at = start; at < parts.length; at += 1) {
      const part = parts[at] ?? '';
      if (part.startsWith(rest)) return true;
      if (!rest.startsWith(part)) break;
      rest = rest.slice(part.length);
    }
  }
  return false;
}

/** Marks of the two kinds of pinyin token; not letters, so that they meet no pair of the text itself. */
const fullMark = '¶';
const initialsMark = '§';
/** Letters of a pinyin token. Longer input is cut to this for the index and then checked in full. */
const pinyinTokenLetters = 6;

/** Runs that the index sees: its tokenizer drops ASCII punctuation and keeps everything else. */
function runsOf(text: string): string[] {
  return text.match(/[0-9a-z\P{ASCII}]+/gu) ?? [];
}

/** Tokens of a case: each single character, each pair, and from each syllable on the first letters in full and as initials. */
export function tokensOf(words: string, syllables: readonly string[]): Set<string> {
  const tokens = new Set<string>();
  for (const run of runsOf(words)) {
    const letters = [...run];
    for (const [index, letter] of letters.entries()) {
      tokens.add(letter);
      const next = letters[index + 1];
      if (next !== undefined) tokens.add(letter + next);
    }
  }
  const initials = syllables.map((syllable) => syllable[0]);
  for (let at = 0; at < syllables.length; at += 1) {
    tokens.add(initialsMark + initials.slice(at, at + pinyinTokenLetters).join(''));
    tokens.add(
      fullMark +
        syllables
          .slice(at, at + pinyinTokenLetters)
          .join('')
          .slice(0, pinyinTokenLetters),
    );
  }
  return tokens;
}

export interface TermPlan {
  /** Expression for the index by which candidates are found; null: nothing to look up, every case is a candidate. */
  text: string | null;
  /** Whether the index alone decides, so that the text need not be looked at. */
  exact: boolean;
  /** Set when the term can be pinyin: full spelling or initials. */
  pinyin: { full: string; initials: string; exact: boolean } | null;
}

/** How one word of the operator's is looked up. */
export function planOf(term: string): TermPlan {
  const runs = runsOf(term);
  const tokens = new Set<string>();
  for (const run of runs) {
    const letters = [...run];
    if (letters.length === 1) tokens.add(run);
    for (let at = 0; at + 1 < letters.length; at += 1) tokens.add(`${letters[at]}${letters[at + 1]}`);
  }
  const spelled = /^[a-z]{1,64}$/.test(term);
  return {
    text: tokens.size === 0 ? null : [...tokens].map(quoted).join(' AND '),
    exact: runs.length === 1 && runs[0] === term && [...term].length <= 2,
    pinyin: spelled
      ? {
          full: `${quoted(fullMark + term.slice(0, pinyinTokenLetters))} *`,
          initials: `${quoted(initialsMark + term.slice(0, pinyinTokenLetters))} *`,
          exact: term.length <= pinyinTokenLetters,
        }
      : null,
  };
}

function quoted(token: string): string {
  return `"${token.replaceAll('"', '""')}"`;
}

/** The operator's words, normalised: all must be found. */
export function termsOf(text: string): string[] {
  const normal = normalise(text);
  return normal === '' ? [] : [...new Set(normal.split(' '))].slice(0, 8);
}
