import { builtInCalendar } from '../../../shared/model/calendar.ts';
import { type DeadlineRule, defaultDeadlineRules, dueOf } from '../../../shared/model/deadlines.ts';
import { startOfDay } from '../../../shared/time/shanghai.ts';
import type { Slot } from './slot.ts';

type Subject = Pick<Slot, 'at' | 'source' | 'category' | 'petitionKind'>;
export type DueRule = (subject: Subject) => { deadlineRule: string; originalDueAt: number };

/**
 * The deadlines of the model, remembered: which rule a kind of case falls under, and for rules of working days the due of each day. A million
 * cases so ask the calendar some thousand times.
 */
export function dueRule(): DueRule {
  const calendar = builtInCalendar();
  const rules = new Map<string, DeadlineRule>();
  const dues = new Map<string, Map<number, number>>();
  return (subject) => {
    const { at: recordedAt, source, category, petitionKind } = subject;
    const kind = `${source} ${category} ${petitionKind}`;
    const known = rules.get(kind);
    if (!known?.working) {
      const { rule, dueAt } = dueOf({ ...subject, recordedAt }, known ? [known] : defaultDeadlineRules, calendar);
      rules.set(kind, rule);
      return { deadlineRule: rule.id, originalDueAt: dueAt };
    }
    const ofRule = dues.get(known.id) ?? new Map<number, number>();
    dues.set(known.id, ofRule);
    const day = startOfDay(recordedAt);
    const dueAt = ofRule.get(day) ?? dueOf({ ...subject, recordedAt }, [known], calendar).dueAt;
    ofRule.set(day, dueAt);
    return { deadlineRule: known.id, originalDueAt: dueAt };
  };
}
