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

const known = new Map<string, string>();

/** Reading of one character in plain letters (绿 → lv); empty for what has none. The commonest reading only: a table, not a language model. */
export function syllableOf(character: string): string {
  let reading = known.get(character);
  if (reading === undefined) {
    const spelled = /\p{Script=Han}/u.test(character) ? spell(character) : '';
    reading = /^[a-zü]+$/.test(spelled) ? spelled.replaceAll('ü', 'v') : '';
    known.set(character, reading);
  }
  return reading;
}

/** Syllables of the Chinese characters of a text, in order. */
export function syllablesOf(text: string): string[] {
  const syllables: string[] = [];
  for (const character of text) {
    const reading = syllableOf(character);
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

/** The operator's words, normalised: all must be found. */
export function termsOf(text: string): string[] {
  const normal = normalise(text);
  return normal === '' ? [] : [...new Set(normal.split(' '))].slice(0, 8);
}
