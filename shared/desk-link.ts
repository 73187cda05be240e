import { z } from 'zod';
import { type DeskView, deskViewSchema, viewNameSchema } from './model/desk-view.ts';

/** Addresses that open the desk: `xianyou://view/<base64url of JSON>`, `xianyou://case/<number of a case>`. */
export const linkScheme = 'xianyou';
/** Characters of an address. Every view there can be is shorter; what is longer was not made here. */
export const maxLinkLength = 4000;
const version = 1;

const sharedViewSchema = z.object({ v: z.literal(version), name: viewNameSchema.nullable(), view: deskViewSchema });
const caseNoSchema = z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u);

/** Why an address opens nothing: not one of ours, longer than any of ours, made by a newer version, or damaged. */
export type LinkFault = 'foreign' | 'tooLong' | 'newer' | 'malformed';
export type DeskLink =
  | { kind: 'view'; view: DeskView; name: string | null }
  | { kind: 'case'; no: string }
  | { kind: 'fault'; fault: LinkFault };

export function linkOfView(view: DeskView, name: string | null): string {
  return `${linkScheme}://view/${encode(JSON.stringify({ v: version, name, view }))}`;
}

export function linkOfCase(no: string): string {
  return `${linkScheme}://case/${encodeURIComponent(no)}`;
}

/** Reads what somebody else wrote: any text at all has an answer. */
export function readLink(text: string): DeskLink {
  const fault = (reason: LinkFault): DeskLink => ({ kind: 'fault', fault: reason });
  if (text.length > maxLinkLength) return fault('tooLong');
  // Systems and chat programs put a slash at the end.
  const found = /^xianyou:\/\/(view|case)\/([^/?#]+)\/?$/i.exec(text.trim());
  if (!found) return fault(/^xianyou:/i.test(text.trim()) ? 'malformed' : 'foreign');
  const [, kind = '', body = ''] = found;
  try {
    if (kind.toLowerCase() === 'case') {
      const no = caseNoSchema.safeParse(decodeURIComponent(body));
      return no.success ? { kind: 'case', no: no.data } : fault('malformed');
    }
    const content: unknown = JSON.parse(decode(body));
    const parsed = sharedViewSchema.safeParse(content);
    if (parsed.success) return { kind: 'view', view: parsed.data.view, name: parsed.data.name };
    const made = z.object({ v: z.int().gt(version) }).safeParse(content);
    return fault(made.success ? 'newer' : 'malformed');
  } catch {
    return fault('malformed');
  }
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url of the text's UTF-8. By hand: the language itself has no base64, and this file runs in every part of the program. */
function encode(text: string): string {
  const bytes = Array.from(encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^%]/g), ([sign, hex]) =>
    hex === undefined ? sign.charCodeAt(0) : Number.parseInt(hex, 16),
  );
  let coded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const lot = bytes.slice(at, at + 3);
    const bits = ((lot[0] ?? 0) << 16) | ((lot[1] ?? 0) << 8) | (lot[2] ?? 0);
    for (let digit = 0; digit <= lot.length; digit += 1) coded += digits.charAt((bits >> (18 - 6 * digit)) & 63);
  }
  return coded;
}

/** Throws what is not base64url of UTF-8. */
function decode(coded: string): string {
  let bits = 0;
  let held = 0;
  let escaped = '';
  for (const digit of coded.replace(/=+$/, '')) {
    const value = digits.indexOf(digit);
    if (value < 0) throw new Error('not base64url');
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    escaped += `%${((bits >> held) & 255).toString(16).padStart(2, '0')}`;
  }
  return decodeURIComponent(escaped);
}
