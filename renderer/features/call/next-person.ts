import type { Responsible } from '../../../shared/model/case-view.ts';

/** Whom to try when nobody answered: the next responsible in the order of 拨号 who has a usable number and was not tried in this round. */
export function nextPerson(
  responsibles: readonly Responsible[],
  tried: ReadonlySet<string>,
): { personId: string; name: string; postKind: Responsible['postKind'] } | null {
  for (const { personId, name, postKind, dialable } of responsibles) {
    if (personId !== null && dialable && !tried.has(personId)) return { personId, name: name ?? '', postKind };
  }
  return null;
}
