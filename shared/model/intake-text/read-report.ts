import type { Category, Source } from '../codes.ts';
import { type Labelled, labels, sourceCues } from './labels.ts';
import { plainOf, shownText } from './plain-text.ts';
import { categoryOf, instantOf, linkIn, phonesIn, shareTitleIn, titledNameIn } from './read-values.ts';

export type ReadField = Labelled | 'link';
/** Stretch of the shown text that gave a field its value. */
export interface ReadSpan {
  field: ReadField;
  from: number;
  to: number;
}
export interface ReadReport {
  /** What the spans lie in: the pasted text as it is shown. */
  text: string;
  /** In order, none within another. */
  spans: ReadSpan[];
  fields: {
    source?: Source;
    sourceNo?: string;
    title?: string;
    /** What was marked as the content, and every line that was not recognised. */
    detail: string;
    address?: string;
    category?: Category;
    recordedAt?: number;
    link?: string;
    /** The reporter first. A name or a number may be missing, never both. */
    parties: { name: string; phone: string | null }[];
  };
}

interface Found extends ReadSpan {
  /** Where its label begins: from there it is taken out of the rest. */
  start: number;
}

const longestTitle = 60;

/**
 * Reads a pasted work sheet of 12345, a text of 110 or a share text into the fields of a report, by labels and unmistakable forms alone. Nothing is made up:
 * what is not recognised stays in the detail.
 */
export function readReport(pasted: string): ReadReport {
  const text = shownText(pasted);
  const plain = plainOf(text);
  const labelled = labelledIn(plain);
  const labelledAs = (field: Labelled) => {
    const one = labelled.find((found) => found.field === field);
    return (
      one && { from: one.from, to: one.to, text: text.slice(one.from, one.to), plain: plain.slice(one.from, one.to) }
    );
  };
  const spans: ReadSpan[] = [];
  const mark = (field: ReadField, at: { from: number; to: number } | null | undefined) => {
    if (at && !spans.some((one) => one.from < at.to && at.from < one.to))
      spans.push({ field, from: at.from, to: at.to });
  };
  const source = sourceCues.find(([, cue]) => cue.test(plain))?.[0];
  const fields: ReadReport['fields'] = { detail: '', parties: [], ...(source && { source }) };

  const sourceNo = labelledAs('sourceNo');
  const number = sourceNo && /^[A-Za-z0-9][A-Za-z0-9\-_/()[\]]{2,60}/.exec(sourceNo.plain)?.[0];
  if (number) {
    fields.sourceNo = number;
    mark('sourceNo', { from: sourceNo.from, to: sourceNo.from + number.length });
  }
  const address = labelledAs('address');
  if (address) {
    fields.address = address.text.replace(/\s+/g, ' ');
    mark('address', address);
  }
  const category = labelledAs('category');
  const code = category && categoryOf(category.plain);
  if (code) {
    fields.category = code;
    mark('category', category);
  }
  const recorded = labelledAs('recordedAt');
  const at = recorded ? instantOf(recorded.plain) : null;
  if (at !== null) {
    fields.recordedAt = at;
    mark('recordedAt', recorded);
  }
  const link = source === 'publicOpinion' ? linkIn(plain) : null;
  if (link) {
    fields.link = plain.slice(link.from, link.to);
    mark('link', link);
  }
  readParties();
  readTitle();
  mark('detail', labelledAs('detail'));
  fields.detail = restOf(text, labelled, fields);
  return { text, spans: spans.sort((a, b) => a.from - b.from), fields };

  function readParties(): void {
    const name = labelledAs('reporterName') ?? null;
    const phone = labelledAs('reporterPhone') ?? null;
    const named = name ? nameOnly(name) : titledNameIn(plain);
    const loose = phonesIn(plain).filter(
      ({ from, to }) => !labelled.some((one) => one.field === 'reporterPhone' && one.from < to && from < one.to),
    );
    const own = phone && /\d{3}/.test(phone.plain) ? phone : (loose.shift() ?? null);
    const [nameText, phoneText] = [
      named ? text.slice(named.from, named.to) : '',
      own ? plainOf(text.slice(own.from, own.to)).trim() : null,
    ];
    if (nameText !== '' || phoneText !== null) fields.parties.push({ name: nameText, phone: phoneText });
    mark('reporterName', named);
    mark('reporterPhone', own);
    const other = labelledAs('otherParty');
    if (other) {
      fields.parties.push({ name: other.text.slice(0, 50), phone: null });
      mark('otherParty', other);
    }
  }

  /** A sheet whose content is the name and then the number in one field. */
  function nameOnly(value: { from: number; to: number; plain: string }): { from: number; to: number } | null {
    const length = /^[^\d,，;；(（]{1,30}/.exec(value.plain)?.[0].trimEnd().length ?? 0;
    return length > 0 ? { from: value.from, to: value.from + length } : null;
  }

  function readTitle(): void {
    const title = labelledAs('title') ?? shareTitleIn(plain);
    if (title) {
      fields.title = text.slice(title.from, title.to).replace(/\s+/g, ' ').slice(0, 200);
      mark('title', title);
      return;
    }
    // The first sentence of the content names it; marked as the content, not as a title.
    const [first = ''] = (labelledAs('detail')?.text ?? '').split(/[。！？；\n!?;]/);
    if (first.trim() !== '') fields.title = first.trim().slice(0, longestTitle);
  }
}

const known: readonly { field: Labelled; pattern: string }[] = Object.entries(labels)
  .flatMap(([field, words]) => words.split(' ').map((word) => ({ field: field as Labelled, word })))
  .sort((a, b) => b.word.length - a.word.length)
  // 诉 求 人: sheets space their labels out.
  .map(({ field, word }) => ({ field, pattern: [...word].join(' *') }));
const anyLabel = new RegExp(
  `(?<=^|[\\n\\t ,;，；。|】\\]*])[【[*]*(?:${known.map(({ pattern }) => `(${pattern})`).join('|')})(?: *[】\\]*]+ *:?| *:|\\t)[ \\t]*`,
  'g',
);
/** The label of something we have no field for. */
const otherLabel = /[ \t;；]+[\p{Script=Han}]{2,8} *:/u;

/** Each labelled value, the first of each field. A value ends at the next label or with its line; a content goes on to the next label. */
function labelledIn(plain: string): Found[] {
  const met = [...plain.matchAll(anyLabel)].flatMap((match) => {
    const index = match.slice(1).findIndex((part) => part !== undefined);
    const field = known[index]?.field;
    return field ? [{ field, start: match.index, from: match.index + match[0].length }] : [];
  });
  const found: Found[] = [];
  for (const [n, { field, start, from }] of met.entries()) {
    const next = met[n + 1]?.start ?? plain.length;
    const line = plain.indexOf('\n', from);
    // A label at the end of its line stands above its value.
    const lineEnd = line < 0 ? plain.length : plain.slice(from, line).trim() === '' ? endOfLine(plain, line + 1) : line;
    let to = field === 'detail' ? next : Math.min(next, lineEnd);
    if (field === 'detail') to = from + untilOtherLines(plain.slice(from, to));
    else to = from + (otherLabel.exec(plain.slice(from, to))?.index ?? to - from);
    const value = plain.slice(from, to);
    const lead = value.length - value.trimStart().length;
    const length = value.trim().replace(/[\s,;，；|【[*]+$/, '').length;
    if (length > 0 && !found.some((one) => one.field === field))
      found.push({ field, start, from: from + lead, to: from + lead + length });
  }
  return found;
}

function endOfLine(plain: string, from: number): number {
  const end = plain.indexOf('\n', from);
  return end < 0 ? plain.length : end;
}

/** A content ends where a line begins with the label of something else. */
function untilOtherLines(value: string): number {
  return /\n[\p{Script=Han}]{2,8} *:/u.exec(value)?.index ?? value.length;
}

/** The marked content first, then every line that was not recognised. */
function restOf(text: string, labelled: readonly Found[], read: ReadReport['fields']): string {
  const content = labelled.find(({ field }) => field === 'detail');
  let rest = '';
  let at = 0;
  for (const { field, start, to } of [...labelled].sort((a, b) => a.start - b.start)) {
    // A class or a time that was not understood is not lost.
    const understood =
      field === 'category' || field === 'recordedAt' || field === 'sourceNo' ? read[field] !== undefined : true;
    rest += text.slice(at, understood ? start : to);
    at = to;
  }
  rest += text.slice(at);
  const lines = rest.split('\n').map((line) => line.replace(/^[\s,;，；|】]+|[\s,;，；|【[*]+$/g, ''));
  return [content ? text.slice(content.from, content.to).trim() : '', ...lines]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 10_000);
}
