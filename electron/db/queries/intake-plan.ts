import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { recordedCase } from '../../../shared/model/recording.ts';
import { recordingRulesOf } from '../recording-rules.ts';
import { readRow } from '../rows.ts';
import { caseOfSourceNo } from '../source-no.ts';
import type { ReadDb } from '../statements.ts';

/** What recording would make of a report, by the same rules that record it. */
export function readIntakePlan(db: ReadDb, { report, recordedAt }: QueryArgs<'intakePlan'>): QueryResult<'intakePlan'> {
  const { row, deadline } = recordedCase(
    { ...report, recordedAt, title: '', detail: '', lng: null, lat: null, parties: [], campaigns: [] },
    recordingRulesOf(db),
    '',
    recordedAt,
  );
  const known = caseOfSourceNo(db, report.source, report.sourceNo);
  const { days, working, skipped, uncoveredYears } = deadline.explanation;
  return {
    villageCode: row.villageCode,
    chain: row.dispatchChain,
    deadline: { ruleId: deadline.rule.id, dueAt: deadline.dueAt, days, working, skipped, uncoveredYears },
    known: known && { ...known, title: readRow(db, 'case', known.id)?.title ?? '' },
  };
}
