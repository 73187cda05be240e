import type { Category } from '../codes.ts';
import { normalisePhone } from '../phone.ts';
import { categoryCues } from './labels.ts';

/**
 * Instant of a date with its time, Asia/Shanghai: 2023-08-21 19:05, 2023/8/21 19:05:33, 2023年8月21日 19时5分. A date alone, or without its year, is none:
 * what is missing is not made up.
 */
export function instantOf(text: string): number | null {
  const match =
    /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\sT]*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2}))?/.exec(
      text,
    );
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const at = Date.UTC(year, month - 1, day, hour - 8, minute, second);
  const back = new Date(at + 8 * 3_600_000);
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60;
  return exists ? at : null;
}

/** Our category where the sheet's class names exactly one of ours. */
export function categoryOf(text: string): Category | null {
  const met = Object.entries(categoryCues).filter(([, cue]) => cue.test(text));
  return met.length === 1 ? (met[0]?.[0] as Category) : null;
}

/** A telephone number in running text: a mobile, or a landline with its area code. Not part of a longer number. */
const phone = /(?<![\dA-Za-z])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8})(?![\dA-Za-z])/g;

export function phonesIn(plain: string): { from: number; to: number; text: string }[] {
  return [...plain.matchAll(phone)]
    .filter(([text]) => normalisePhone(text).ok)
    .map((match) => ({ from: match.index, to: match.index + match[0].length, text: match[0].trim() }));
}

/** 陈先生, 李女士: as somebody is named who gave no more. */
export function titledNameIn(plain: string): { from: number; to: number } | null {
  const match = /(?:市民|群众|网友|来电人|^|[\s,，。(（:：])([\p{Script=Han}]{1,2}(?:先生|女士|同志))/u.exec(plain);
  if (!match?.[1]) return null;
  const to = match.index + match[0].length;
  return { from: to - match[1].length, to };
}

export function linkIn(plain: string): { from: number; to: number } | null {
  const match = /https?:\/\/[\w\-./?%&=#~:@+!]+/i.exec(plain);
  return match ? { from: match.index, to: match.index + match[0].replace(/[.,!?:]+$/, '').length } : null;
}

/** What a share text of a video says of it: behind the name of the work, before link and topics. */
export function shareTitleIn(plain: string): { from: number; to: number } | null {
  const match = /【[^】]{1,60}(?:的作品|的图文作品|的视频)】\s*([^#\n]+?)\s*(?=#|https?:|\n|$)/.exec(plain);
  if (!match?.[1]) return null;
  const from = match.index + match[0].indexOf(match[1], match[0].indexOf('】'));
  return { from, to: from + match[1].length };
}
