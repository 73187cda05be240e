/**
 * Splits TypeScript into code without comments and the contents of its strings. Not a parser: it knows quotes, comments,
 * templates and where a slash can only begin a regular expression, which is enough to look for words.
 */
export function partsOf(text: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  let code = '';
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    if (two === '//') at = endOf(text, '\n', at);
    else if (two === '/*') at = endOf(text, '*/', at + 2) + 2;
    else {
      const one = text[at] ?? '';
      const literal = literalAt(text, at, code);
      if (literal !== undefined && one !== '/') strings.push(literal.slice(1, -1));
      code += literal ?? one;
      at += literal?.length ?? 1;
    }
  }
  return { code, strings };
}

const QUOTED: Readonly<Record<string, RegExp>> = {
  "'": /'(?:[^'\\\n]|\\[\s\S])*'/y,
  '"': /"(?:[^"\\\n]|\\[\s\S])*"/y,
  '`': /`(?:[^`\\]|\\[\s\S])*`/y,
  '/': /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y,
};

function literalAt(text: string, at: number, before: string): string | undefined {
  const pattern = QUOTED[text[at] ?? ''];
  if (!pattern) return undefined;
  if (text[at] === '/' && !/(?:[(,=:[!&|?{};+]|=>|\breturn|\n)\s*$/.test(before.slice(-40))) return undefined;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}
