import { useState } from 'react';
import { readReport } from '../../../shared/model/intake-text/read-report.ts';
import { instantOf } from '../../../shared/model/intake-text/read-values.ts';
import { useAsOf, useNow } from '../../data/clock.ts';
import { useIntakeDraft } from '../../data/intake-draft.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { argsOf, filledFrom, problemsOf } from './intake-plan.ts';

/** State of the report that is being filled in: kept until it is recorded, whatever happens to dialog and page. */
export function useIntake() {
  const { draft, aside, write, next } = useIntakeDraft();
  const now = useNow();
  const asOf = useAsOf();
  const { run, running, failure } = useCommand('recordCase');
  const { run: dismiss } = useCommand('dismissRejected');
  const [refused, setRefused] = useState<{ reason: string; detail: string | null; caseId: string | null } | null>(null);
  // Problems are told once recording was asked for: nobody is scolded while typing.
  const [asked, setAsked] = useState(false);
  const problems = problemsOf(draft, now);
  const { source, sourceNo, category, petitionKind, villageCode, address } = draft;
  const plan = useQuery(
    'intakePlan',
    {
      report: {
        source: source ?? 'other',
        sourceNo: sourceNo.trim().slice(0, 100),
        category: category ?? 'other',
        petitionKind,
        villageCode,
        address: address.trim().slice(0, 500),
      },
      recordedAt: instantOf(draft.recordedAt) ?? asOf,
    },
    ['case', 'town', 'village', 'setting', 'calendarDay'],
  );

  /** Records it. Answers the new case's id; null: it was not, and the form says why. */
  const record = async (): Promise<string | null> => {
    setAsked(true);
    setRefused(null);
    if (problems.length > 0 || running) return null;
    const answer = await run(argsOf(draft));
    if (answer === null) return null;
    if (answer.recorded === null) {
      setRefused(answer.refused);
      return null;
    }
    setAsked(false);
    next();
    if (draft.instead !== null) await dismiss({ commandIds: [draft.instead] });
    return answer.recorded.caseId;
  };
  const paste = (text: string): void => write(filledFrom(draft, readReport(text), text));
  const clear = (): void => {
    setAsked(false);
    setRefused(null);
    next();
  };
  return {
    draft,
    aside: aside.length,
    write,
    paste,
    clear,
    plan: plan.data,
    record,
    running,
    failure,
    refused,
    problems: asked ? problems : [],
  };
}
export type Intake = ReturnType<typeof useIntake>;
