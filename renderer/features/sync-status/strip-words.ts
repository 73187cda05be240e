import { dateKey, dayMs, formatTime, hourMs, minuteMs, partsOf } from '../../../shared/time/shanghai.ts';

export interface Age {
  unit: 'now' | 'seconds' | 'minutes' | 'hours' | 'days';
  n: number;
}

/** How old the data is, epoch ms; null when it was never in step. A clock that runs behind gives "just now", never a negative age. */
export function ageOf(confirmedAt: number | null, now: number): Age | null {
  if (confirmedAt === null) return null;
  const age = Math.max(0, now - confirmedAt);
  if (age < 15_000) return { unit: 'now', n: 0 };
  if (age < minuteMs) return { unit: 'seconds', n: Math.floor(age / 1000) };
  if (age < hourMs) return { unit: 'minutes', n: Math.floor(age / minuteMs) };
  if (age < dayMs) return { unit: 'hours', n: Math.floor(age / hourMs) };
  return { unit: 'days', n: Math.floor(age / dayMs) };
}

/** 2023-08-21 周一 20:04 on the server's clock. */
export function clockText(now: number, weekdays: readonly string[]): string {
  return `${dateKey(now)} ${weekdays[partsOf(now).weekday - 1] ?? ''} ${formatTime(now)}`;
}
