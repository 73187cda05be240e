import type { Case } from '../../../shared/model/case.ts';
import { addDays, dayMs, fromDateKey, hourMs, minuteMs, partsOf, startOfDay } from '../../../shared/time/shanghai.ts';

const offered = [3, 5, 7, 15] as const;

/**
 * Later dues by whole days of Asia/Shanghai, at the due's own time of day: from the due while it lies ahead, from today once it has passed. Of many
 * cases, which have no one due: from this minute.
 */
export function quickDues(one: Pick<Case, 'dueAt'> | null, now: number): { days: number; at: number }[] {
  return offered.map((days) => ({ days, at: addDays(base(one, now), days) }));
}

function base(one: Pick<Case, 'dueAt'> | null, now: number): number {
  if (one === null) return now - (now % minuteMs);
  return one.dueAt > now ? one.dueAt : startOfDay(now) + (one.dueAt - startOfDay(one.dueAt));
}

/** The last due that the rules let be asked for. */
export function latestDue(one: Pick<Case, 'originalDueAt'>, now: number, days: number): number {
  return Math.max(one.originalDueAt, now) + days * dayMs;
}

/**
 * A moment as people write it, `2023-08-28 20:00` or `8-28 20:00` of the year of `now`, on the county's clock whatever the machine's own zone; null while it
 * is not one.
 */
export function momentOf(text: string, now: number): number | null {
  const match = /^(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})[\sT]+([01]?\d|2[0-3])[:\uff1a]([0-5]\d)$/.exec(text.trim());
  if (!match) return null;
  const [, year = String(partsOf(now).year), month = '', date = '', hour, minute] = match;
  const day = fromDateKey(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  return day === null ? null : day + Number(hour) * hourMs + Number(minute) * minuteMs;
}
