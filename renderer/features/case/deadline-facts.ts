import type { Case } from '../../../shared/model/case.ts';
import { type DeadlineRule, deadlineRulesSchema } from '../../../shared/model/deadlines.ts';
import { dueStateOf } from '../../../shared/model/due-state.ts';
import { spanText, type TimeWords } from '../../ui/time.ts';

/** The rule a case's deadline came from, as the settings have it now; null when it is no longer among them. */
export function ruleOf(settings: Readonly<Record<string, unknown>>, id: string): DeadlineRule | null {
  const parsed = deadlineRulesSchema.safeParse(settings.deadlineRules);
  return parsed.success ? (parsed.data.find((rule) => rule.id === id) ?? null) : null;
}

export interface DeadlineFacts {
  tone: 'overdue' | 'dueSoon' | null;
  /** 逾期 2天4时 / 剩 3时12分 / 按期办结 / 超期 2天 办结. */
  standing: string;
  /** Whether the metric 逾期 counts the case now. */
  countsAsOverdue: boolean;
  /** Extended, and late by the due it first had. */
  overdueByOriginal: boolean;
}

/** How the case stands against its deadline. Only facts: no score is reckoned here. */
export function deadlineFacts(
  row: Pick<Case, 'dueAt' | 'originalDueAt' | 'closedAt'>,
  now: number,
  t: TimeWords,
): DeadlineFacts {
  const ended = row.closedAt !== null && row.closedAt <= now ? row.closedAt : now;
  const overdueByOriginal = row.originalDueAt !== row.dueAt && ended > row.originalDueAt;
  return { ...standing(row, now, t), overdueByOriginal };
}

function standing(
  row: Pick<Case, 'dueAt' | 'closedAt'>,
  now: number,
  t: TimeWords,
): Omit<DeadlineFacts, 'overdueByOriginal'> {
  const state = dueStateOf(row, now);
  switch (state) {
    case 'overdue':
      return {
        tone: 'overdue',
        standing: t('case:deadline.overdue', { span: spanText(now - row.dueAt, t) }),
        countsAsOverdue: true,
      };
    case 'closed': {
      const late = (row.closedAt ?? 0) - row.dueAt;
      return {
        tone: null,
        standing:
          late > 0 ? t('case:deadline.closedLate', { span: spanText(late, t) }) : t('case:deadline.closedInTime'),
        countsAsOverdue: late > 0,
      };
    }
    case 'dueSoon':
    case 'open':
      return {
        tone: state === 'dueSoon' ? 'dueSoon' : null,
        standing: t('case:deadline.left', { span: spanText(row.dueAt - now, t) }),
        countsAsOverdue: false,
      };
    default:
      return state satisfies never;
  }
}
