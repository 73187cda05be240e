import type { CaseRow } from '../../../shared/model/case-view.ts';
import { dueStateOf } from '../../../shared/model/due-state.ts';
import { absoluteText, momentText, spanText, type TimeWords } from '../../ui/time.ts';

/** 逾期 2天4时 / 剩 3时12分 / 办结 8-19 17:00: what the right of a row says about its deadline. */
export function dueLabel(row: Pick<CaseRow, 'dueAt' | 'closedAt'>, now: number, t: TimeWords): string {
  const state = dueStateOf(row, now);
  switch (state) {
    case 'closed':
      return t('queue:due.closed', { when: momentText(row.closedAt ?? now, now, t) });
    case 'overdue':
      return t('queue:due.overdue', { span: spanText(now - row.dueAt, t) });
    case 'dueSoon':
    case 'open':
      return t('queue:due.left', { span: spanText(row.dueAt - now, t) });
    default:
      return state satisfies never;
  }
}

/** The due in full, and beside it the one it first had where it was extended. */
export function dueTitle(row: Pick<CaseRow, 'dueAt' | 'originalDueAt'>, t: TimeWords): string {
  const due = absoluteText(row.dueAt, t);
  if (row.originalDueAt === row.dueAt) return due;
  return t('queue:due.extended', { due, original: absoluteText(row.originalDueAt, t) });
}

type Progress = Pick<
  CaseRow,
  | 'closedAt'
  | 'dispatchState'
  | 'acceptedAt'
  | 'onSceneAt'
  | 'firstActionAt'
  | 'resolvedAt'
  | 'lastUrgedAt'
  | 'lastUrgeDegree'
  | 'urgeCount'
  | 'lastCalledAt'
>;

/** The one newest thing that tells whether somebody is on it: an urging or call of the desk, else how far the village has come. */
export function progressLabel(row: Progress, now: number, t: TimeWords): string {
  const reached = Math.max(row.acceptedAt ?? 0, row.onSceneAt ?? 0, row.firstActionAt ?? 0, row.resolvedAt ?? 0);
  const urged = row.lastUrgedAt ?? 0;
  const called = row.lastCalledAt ?? 0;
  if (row.closedAt === null && urged > 0 && urged >= called && urged >= reached)
    return t('queue:progress.urged', {
      degree: t(`codes:urgeDegree.${row.lastUrgeDegree ?? 'yellow'}`),
      when: momentText(urged, now, t),
      times: row.urgeCount,
    });
  if (row.closedAt === null && called > 0 && called >= reached)
    return t('queue:progress.called', { when: momentText(called, now, t) });
  if (row.resolvedAt !== null) return t('queue:progress.resolved');
  if (row.firstActionAt !== null) return t('queue:progress.handled');
  if (row.onSceneAt !== null) return t('queue:progress.onScene');
  if (row.acceptedAt !== null) return t('queue:progress.accepted');
  return row.dispatchState === 'pending' ? t('queue:progress.undispatched') : t('queue:progress.notAccepted');
}
