// Names found by what people type of them: characters, or the beginnings of their syllables (`fengting`, `fengt`, `ft`).

/** Whether `term` (lower case) is a part of the name or begins its syllables, one after the other, from some syllable on. */
export function namedBy(name: string, syllables: readonly string[], term: string): boolean {
  if (name.includes(term)) return true;
  if (!/^[a-z]+$/.test(term)) return false;
  return syllables.some((_, from) => beginsSyllables(syllables.slice(from), term));
}

/** The same from the name's beginning: those come first. */
export function beginsName(name: string, syllables: readonly string[], term: string): boolean {
  return name.startsWith(term) || beginsSyllables(syllables, term);
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
