import type { ConflictField, ConflictValue } from '../../../shared/model/commands/conflict-field.ts';
import type { Conflict } from '../../../shared/model/unsent-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import type { TimeWords } from '../../ui/time.ts';

/** A value in words; a dash where there is none. */
export function valueText(value: ConflictValue | null, t: TimeWords): string {
  if (value === null) return t('conflict:nothing');
  switch (value.kind) {
    case 'instant':
      return formatDateTime(value.at);
    case 'code':
      return t(`codes:${value.group}.${value.code}`);
    case 'text':
      return value.text;
    case 'persons': {
      const names = value.names.join(t('conflict:and'));
      // Whoever has left the register since has no name any more, but was meant.
      if (value.names.length === value.n) return names;
      return value.names.length === 0
        ? t('conflict:persons', { n: value.n })
        : t('conflict:personsOf', { names, n: value.n });
    }
    case 'flag':
      return t(value.on ? 'conflict:yes' : 'conflict:no');
    default:
      return value satisfies never;
  }
}

/** Who set what stands, and when. */
export function byText(by: ConflictField['by'], t: TimeWords): string {
  if (by === null) return t('conflict:nothing');
  return t('conflict:by', { name: by.name ?? t('conflict:system'), at: formatDateTime(by.at) });
}

export function placeText({ townName, villageName }: Pick<Conflict, 'townName' | 'villageName'>, t: TimeWords): string {
  const place = `${townName ?? ''}${villageName ?? ''}`;
  return place === '' ? t('conflict:noPlace') : place;
}

/** Why it was refused and what to do; a reason this version has no words for is said as it came. */
export function reasonText(reason: string, t: TimeWords): { title: string; advice: string } {
  const known = /^\w+$/.test(reason);
  const of = (part: 'title' | 'advice'): string => {
    const general = t(`conflict:unknownReason.${part}`, { reason });
    return known ? t(`codes:refusal.${reason}.${part}`, { defaultValue: general }) : general;
  };
  return { title: of('title'), advice: of('advice') };
}
