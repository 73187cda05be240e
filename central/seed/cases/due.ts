import { builtInCalendar } from '../../../shared/model/calendar.ts';
import { defaultDeadlineRules, dueOf } from '../../../shared/model/deadlines.ts';
import { startOfDay } from '../../../shared/time/shanghai.ts';
import type { Slot } from './slot.ts';

type Subject = Pick<Slot, 'at' | 'source' | 'category' | 'petitionKind'>;
export type DueRule = (subject: Subject) => { deadlineRule: string; originalDueAt: number };

/** The deadline rule of the model, remembered by day where it counts working days: a million cases ask it a few thousand questions. */
export function dueRule(): DueRule {
  const calendar = builtInCalendar();
  const known = new Map<string, { rule: string; due: number | null; add: number }>();
  return ({ at, source, category, petitionKind }) => {
    const key = `${source} ${category} ${petitionKind} ${startOfDay(at)}`;
    let answer = known.get(key);
    if (!answer) {
      const { rule, dueAt } = dueOf({ source, category, petitionKind, recordedAt: at }, defaultDeadlineRules, calendar);
      answer = { rule: rule.id, due: rule.working ? dueAt : null, add: dueAt - at };
      if (known.size > 20_000) known.clear();
      known.set(key, answer);
    }
    return { deadlineRule: answer.rule, originalDueAt: answer.due ?? at + answer.add };
  };
}
