/** Kinds of number a desk dials. `short`: service numbers such as 110 and 12345. */
export type PhoneKind = 'mobile' | 'landline' | 'short' | 'service400' | 'international';
/** Why a number cannot be dialled; words in locales `phoneRefusal.*`. */
export type PhoneRefusal = 'empty' | 'masked' | 'letters' | 'tooShort' | 'tooLong' | 'unknownForm';

export interface PhoneNumber {
  /** As one dials it inside the mainland: 13800138000, 05948291234, 12345. */
  digits: string;
  /** For the system's telephone: `tel:+86…`, short numbers as they are. */
  uri: string;
  kind: PhoneKind;
  /** Extension to dial once connected; not part of `uri`. */
  extension: string | null;
}
export type PhoneResult =
  | (PhoneNumber & { ok: true; alternatives: PhoneNumber[] })
  | { ok: false; reason: PhoneRefusal };

/** Area code of Putian, for landlines written without one. */
const localAreaCode = '0594';

/**
 * Reads a telephone field as people fill it: full-width digits, spaces, dashes, brackets, +86 or 0086, an extension, several numbers separated by
 * "/" or "、". The first usable number wins, the others are alternatives. A field with no usable number is refused with the reason of its first part.
 */
export function normalisePhone(raw: string): PhoneResult {
  const text = raw
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−﹣ー]/g, '-')
    .trim();
  if (text === '') return { ok: false, reason: 'empty' };
  const read = text
    .split(/[/\\、,;|]|\n|或/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(readPart);
  const [first, ...alternatives] = read.filter((one) => typeof one !== 'string');
  if (first) return { ok: true, ...first, alternatives };
  return { ok: false, reason: read.find((one) => typeof one === 'string') ?? 'empty' };
}

/** One part between separators; two full numbers with only a space between them are still two. */
function readPart(part: string): (PhoneNumber | PhoneRefusal)[] {
  const whole = readNumber(part);
  if (typeof whole !== 'string') return [whole];
  const words = part.split(/\s+/);
  const read = words.length > 1 ? words.map(readNumber).filter((one) => typeof one !== 'string') : [];
  return read.length > 0 ? read : [whole];
}

function readNumber(text: string): PhoneNumber | PhoneRefusal {
  if (/\d[*]{2,}/.test(text)) return 'masked';
  const { main, extension } = splitExtension(text);
  if (/\p{L}/u.test(main)) return 'letters';
  const bare = main.replace(/[\s\-.()[\]·]/g, '');
  if (!/^\+?\d+$/.test(bare)) return bare === '' ? 'empty' : 'unknownForm';
  const number = classify(bare);
  return typeof number === 'string' ? number : { ...number, extension };
}

/** 8291234转801, 8291234 ext. 801, 0594-8291234-801. */
function splitExtension(text: string): { main: string; extension: string | null } {
  const match =
    /^(.*\d.*?)\s*(?:转|分机号?|ext\.?|x|#)\s*:?\s*(\d{1,6})$/i.exec(text) ??
    /^((?:(?:\+|00)86-?\d{2,3}-|0\d{2,3}-)?[2-8]\d{6,7})-(\d{1,4})$/.exec(text.replace(/\s/g, ''));
  return match?.[1] !== undefined && match[2] !== undefined
    ? { main: match[1], extension: match[2] }
    : { main: text, extension: null };
}

function classify(bare: string): Omit<PhoneNumber, 'extension'> | PhoneRefusal {
  const foreign = /^(?:\+|00)(?!86)(\d{7,15})$/.exec(bare);
  if (foreign?.[1]) return { digits: `00${foreign[1]}`, uri: `tel:+${foreign[1]}`, kind: 'international' };
  const withCountry = /^(?:\+|00)86(\d+)$/.exec(bare) ?? /^86(1[3-9]\d{9})$/.exec(bare);
  const digits = withCountry?.[1] ?? bare.replace(/^\+/, '');
  if (/^0?1[3-9]\d{9}$/.test(digits)) return national(digits.slice(-11), 'mobile');
  if (/^[48]00\d{7}$/.test(digits)) return { digits, uri: `tel:${digits}`, kind: 'service400' };
  if (/^(?:1[12]\d|12\d{3}|1[01]\d{3}|9[56]\d{3,4})$/.test(digits))
    return { digits, uri: `tel:${digits}`, kind: 'short' };
  const landline = landlineOf(withCountry && !digits.startsWith('0') ? `0${digits}` : digits);
  if (landline) return national(landline, 'landline');
  if (digits.length < 7) return 'tooShort';
  return digits.length > 12 ? 'tooLong' : 'unknownForm';
}

/** With its area code: 010 and 02x take 8 digits, the others 7 or 8. Without: the county's 7 digits. */
function landlineOf(digits: string): string | null {
  if (/^0(?:10|2\d)[2-9]\d{7}$/.test(digits) || /^0[3-9]\d{2}[2-9]\d{6,7}$/.test(digits)) return digits;
  return /^[2-8]\d{6}$/.test(digits) ? `${localAreaCode}${digits}` : null;
}

function national(digits: string, kind: PhoneKind): Omit<PhoneNumber, 'extension'> {
  return { digits, uri: `tel:+86${digits.replace(/^0/, '')}`, kind };
}
