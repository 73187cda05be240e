import { z } from 'zod';
import { dayMs } from '../time/shanghai.ts';
import type { Case } from './case.ts';
import { normalisePhone } from './phone.ts';

/** Cases of one village recorded further apart than this are never proposed for merging [C]. */
export const similarWithinDays = 90;
/** Likeness from which a case is proposed, of 100 [C]. A shared telephone number alone reaches it; words alone only when nearly all are the same. */
export const similarFrom = 45;
/** Most proposals for one case. */
export const proposalsAtMost = 8;

/** What is compared of a case. */
export type ComparedCase = Pick<
  Case,
  'id' | 'villageCode' | 'title' | 'detail' | 'address' | 'parties' | 'recordedAt' | 'voidedAt' | 'mergedIntoId'
>;

/** How alike two cases are, and why. `title`, `address`, `detail`: shared pairs of characters, per cent. `days`: whole days between the recordings. */
export const likenessSchema = z.object({
  score: z.int(),
  /** A party of both: by telephone number, by name only, or none. */
  party: z.enum(['phone', 'name']).nullable(),
  days: z.int(),
  title: z.int(),
  address: z.int(),
  detail: z.int(),
});
export type Likeness = z.infer<typeof likenessSchema>;

/** Points that each likeness gives at most; they add up to 100 with a shared number. */
const weights = { phone: 45, name: 30, title: 20, address: 15, detail: 10, time: 10 } as const;

/** A case made ready to be compared with many. */
export interface Comparable {
  one: ComparedCase;
  phones: ReadonlySet<string>;
  names: ReadonlySet<string>;
  /** Pairs of characters of a text, made when they are first asked for: most cases are decided by their titles. */
  pairs(text: 'title' | 'address' | 'detail'): ReadonlySet<string>;
}

/** `places`: names that every case of the village may carry in its words; they make nothing alike. */
export function comparable(one: ComparedCase, places: readonly string[]): Comparable {
  const made = new Map<string, ReadonlySet<string>>();
  return {
    one,
    phones: new Set(one.parties.flatMap(({ phone }) => (phone === null ? [] : numbersOf(phone)))),
    names: new Set(one.parties.flatMap(({ name }) => (namesNobody(name) ? [] : [lettersOf(name)]))),
    pairs(text) {
      const pairs = made.get(text) ?? pairsOf(one[text], places);
      made.set(text, pairs);
      return pairs;
    },
  };
}

/**
 * How alike two different standing cases of one village are; null where they cannot be one matter, or are not alike enough to be proposed. The same
 * whichever is asked about the other.
 */
export function likenessOf(a: Comparable, b: Comparable): Likeness | null {
  const apart = Math.abs(a.one.recordedAt - b.one.recordedAt);
  if (a.one.id === b.one.id || !stands(a.one) || !stands(b.one)) return null;
  if (a.one.villageCode === null || a.one.villageCode !== b.one.villageCode) return null;
  if (apart > similarWithinDays * dayMs) return null;
  const party = meet(a.phones, b.phones) ? 'phone' : meet(a.names, b.names) ? 'name' : null;
  const shared = { title: 0, address: 0, detail: 0 };
  let known = (party === null ? 0 : weights[party]) + weights.time * (1 - apart / (similarWithinDays * dayMs));
  let open = weights.title + weights.address + weights.detail;
  for (const text of ['title', 'address', 'detail'] as const) {
    // What is still open could not make them alike enough.
    if (Math.round(known + open) < similarFrom) return null;
    shared[text] = sharedOf(a.pairs(text), b.pairs(text));
    known += (weights[text] * shared[text]) / 100;
    open -= weights[text];
  }
  const score = Math.round(known);
  return score < similarFrom ? null : { score, party, days: Math.floor(apart / dayMs), ...shared };
}

/** The cases that may be the same matter, the likeliest first; at equal likeness the nearer in time. */
export function proposalsFor<T extends ComparedCase>(
  about: ComparedCase,
  others: readonly T[],
  places: readonly string[],
): { of: T; likeness: Likeness }[] {
  const base = comparable(about, places);
  const found = others.flatMap((of) => {
    const likeness = likenessOf(base, comparable(of, places));
    return likeness ? [{ of, likeness }] : [];
  });
  const apart = ({ recordedAt }: ComparedCase) => Math.abs(recordedAt - about.recordedAt);
  found.sort(
    (a, b) => b.likeness.score - a.likeness.score || apart(a.of) - apart(b.of) || (a.of.id < b.of.id ? -1 : 1),
  );
  return found.slice(0, proposalsAtMost);
}

function stands({ voidedAt, mergedIntoId }: ComparedCase): boolean {
  return voidedAt === null && mergedIntoId === null;
}

/** Numbers that belong to somebody: 12345 and 400 numbers are nobody's. */
function numbersOf(phone: string): string[] {
  // As nearly all are written; the long way would say the same.
  if (/^1[3-9]\d{9}$/.test(phone)) return [phone];
  const read = normalisePhone(phone);
  if (!read.ok) return [];
  return [read, ...read.alternatives]
    .filter(({ kind }) => kind !== 'short' && kind !== 'service400')
    .map(({ digits }) => digits);
}

function lettersOf(text: string): string {
  if (/^[\u4e00-\u9fff]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** 匿名, 张某, 王女士 and masked names are many people's. */
function namesNobody(name: string): boolean {
  return /[*＊某]|匿名|先生|女士|群众|网友|不详|居民|村民/.test(name) || lettersOf(name).length < 2;
}

function pairsOf(text: string, places: readonly string[]): ReadonlySet<string> {
  const bare = lettersOf(places.reduce((left, place) => (place === '' ? left : left.replaceAll(place, ' ')), text));
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= bare.length; at += 1) pairs.add(bare.slice(at, at + 2));
  return pairs;
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return true;
  return false;
}

/** Pairs of characters that both have, per cent of all (Dice). Without any on a side nothing is alike. */
function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return Math.round((200 * both) / (a.size + b.size));
}
