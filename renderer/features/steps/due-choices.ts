import type { Case } from '../../../shared/model/case.ts';
import { addDays, dayMs, fromDateKey, hourMs, minuteMs, startOfDay } from '../../../shared/time/shanghai.ts';

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

/** `2023-08-28T20:00` of Asia/Shanghai, whatever the machine's own zone; null while it is not a moment. */
export function momentOf(text: string): number | null {
  const [date = '', time = ''] = text.split('T');
  const day = fromDateKey(date);
  const clock = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time);
  return day === null || clock === null ? null : day + Number(clock[1]) * hourMs + Number(clock[2]) * minuteMs;
}
