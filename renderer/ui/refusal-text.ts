import type { TimeWords } from './time.ts';

/** A refusal by the rules of a case in words: what stands in the way, with its number where it has one, and what to do. */
export function refusalText({ reason, detail }: { reason: string; detail: string | null }, t: TimeWords): string {
  const more = detail === null ? '' : t(`codes:refusalDetail.${reason}`, { detail, defaultValue: '' });
  return t(more === '' ? 'form:refusal' : 'form:refusalDetailed', {
    title: t(`codes:refusal.${reason}.title`),
    advice: t(`codes:refusal.${reason}.advice`),
    more,
  });
}
