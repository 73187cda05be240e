import type { FailureShape } from '../../shared/errors.ts';
import type { TimeWords } from './time.ts';

/** A failure in words: what it is and what to do. A refusal by the rules of a case says its reason instead of its kind. */
export function failureText(failure: Pick<FailureShape, 'kind' | 'detail'>, t: TimeWords): string {
  const of = (part: 'title' | 'advice'): string => {
    const general = t(`codes:error.${failure.kind}.${part}`);
    return failure.detail === null || !/^\w+$/.test(failure.detail)
      ? general
      : t(`codes:refusal.${failure.detail}.${part}`, { defaultValue: general });
  };
  return `${of('title')} ${of('advice')}`;
}
