/** Marks that are not seen: of direction, of no width, soft hyphens, byte order. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]/g;
const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * What was pasted, as it is shown beside the form: without marks nobody sees, the lines of HTML as lines, its tags left out. Nothing that can be read is
 * changed.
 */
export function shownText(pasted: string): string {
  const html = /<\/?(?:p|div|br|tr|td|th|table|span|li|ul|b|strong|a|html|body)\b[^>]*>/i.test(pasted);
  const text = html
    ? pasted
        .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
        .replace(/<br\s*\/?>|<\/(?:p|div|tr|li|table|h\d)>/gi, '\n')
        .replace(/<\/t[dh]>/gi, '\t')
        .replace(/<\/?[a-z][^>]*>/gi, '')
        .replace(/&(nbsp|amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
    : pasted;
  return text
    .replace(unseen, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\p{Surrogate}/gu, '')
    .trim();
}

/** The same text for reading: full-width signs and blanks as plain ones, each in its place. */
export function plainOf(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000\u00a0]/g, (sign) =>
    sign === '\u3000' || sign === '\u00a0' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}
