import {
  dateKey,
  dayMs,
  formatDateTime,
  formatTime,
  hourMs,
  minuteMs,
  partsOf,
  startOfDay,
} from '../../shared/time/shanghai.ts';

/** Translates a key of the namespace `time`; kept as a function so that the formatter runs without a page. */
export type TimeWords = (key: string, values?: Record<string, string | number>) => string;

/** Length of time in the two largest units that matter: 2天4时, 3时12分, 12分; under a minute 不到1分. `ms` ≥ 0. */
export function spanText(ms: number, t: TimeWords): string {
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  if (days > 0) return hours === 0 ? t('time:span.days', { days }) : t('time:span.daysHours', { days, hours });
  if (hours > 0)
    return minutes === 0 ? t('time:span.hours', { hours }) : t('time:span.hoursMinutes', { hours, minutes });
  return minutes > 0 ? t('time:span.minutes', { minutes }) : t('time:span.underMinute');
}

/**
 * A moment as the desk writes it: relative within a day (23 分钟前), 昨日 21:10, 8-19 17:00 in the same year, else the whole date. A moment up to a
 * minute ahead (clocks differ) is 刚刚.
 */
export function momentText(at: number, now: number, t: TimeWords): string {
  const ago = now - at;
  if (ago > -minuteMs && ago < minuteMs) return t('time:justNow');
  if (ago >= 0 && ago < hourMs) return t('time:minutesAgo', { minutes: Math.floor(ago / minuteMs) });
  if (ago >= 0 && ago < 12 * hourMs) return t('time:hoursAgo', { hours: Math.floor(ago / hourMs) });
  const days = Math.round((startOfDay(now) - startOfDay(at)) / dayMs);
  if (days === 0) return t('time:today', { time: formatTime(at) });
  if (days === 1) return t('time:yesterday', { time: formatTime(at) });
  return `${dayText(at, now)} ${formatTime(at)}`;
}

/** 8-19 within the year of `now`, else 2022-08-19. */
export function dayText(at: number, now: number): string {
  const then = partsOf(at);
  return then.year === partsOf(now).year ? `${then.month}-${then.day}` : dateKey(at);
}

/** 2023-08-21 周一 20:00: what a hover shows. */
export function absoluteText(at: number, t: TimeWords): string {
  const [date, time] = formatDateTime(at).split(' ');
  return `${date} ${t(`time:weekday.${partsOf(at).weekday}`)} ${time}`;
}
