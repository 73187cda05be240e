import { blankCase } from '../../shared/model/blank-case.ts';
import type { CaseRow } from '../../shared/model/case-view.ts';
import { query } from './bridge.ts';
import { choose, type Known, type Surroundings } from './step-rules.ts';
import type { StepName } from './steps.ts';
import { rowsOf } from './use-case-rows.ts';

/** As `choose`, of cases that have to be read first. Rejects with a Failure. */
export async function chooseFor(names: readonly StepName[], caseIds: readonly string[], around: Surroundings) {
  const [only] = caseIds;
  if (only !== undefined && caseIds.length === 1) {
    const detail = await query('caseDetail', { caseId: only });
    return detail && choose(names, [detail], around);
  }
  if (names.length === 1) return choose(names, caseIds.map(asUnknown), around);
  const { rows } = await query('openList', rowsOf(caseIds));
  return choose(names, rows.length > 1 ? rows.map(caseOfRow) : caseIds.map(asUnknown), around);
}

/** What a row says of its case; the rest as of one that nothing has happened to. */
function caseOfRow(row: CaseRow): Known {
  return { case: blankCase({ sourceNo: '', deadlineRule: '', ...row }) };
}

function asUnknown(id: string): Known {
  const bare = { no: '', source: 'other', sourceNo: '', category: 'other', title: '', deadlineRule: '' } as const;
  return { case: blankCase({ ...bare, id, recordedAt: 0, dueAt: 0 }) };
}
