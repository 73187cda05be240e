import type { Likeness } from '../../../shared/model/similar-cases.ts';
import type { TimeWords } from '../../ui/time.ts';

/** From so many shared pairs of characters on, per cent, two texts are called alike. */
const alike = 60;

/** What two cases have in common, as evidence for merging them: the same party, the village, the days between, the words. */
export function likenessText({ party, days, ...texts }: Likeness, t: TimeWords): string {
  const parts = [
    ...(party === null ? [] : [t(`climb:alike.${party}`)]),
    t('climb:alike.village'),
    days === 0 ? t('climb:alike.sameDay') : t('climb:alike.days', { days }),
    ...(['title', 'address', 'detail'] as const).flatMap((text) =>
      texts[text] < alike ? [] : [t(`climb:alike.${text}${texts[text] === 100 ? 'Same' : ''}`)],
    ),
  ];
  return parts.join(t('climb:alike.and'));
}
