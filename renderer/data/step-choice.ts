import { blankCase } from '../../shared/model/blank-case.ts';
import type { CaseRow } from '../../shared/model/case-view.ts';
import type { Role } from '../../shared/model/codes.ts';
import { caseCommands } from '../../shared/model/commands/registry.ts';
import { query } from './bridge.ts';
import { type Known, refusalBefore, type StepRefusal, type Surroundings } from './step-rules.ts';
import { oneByOne, type StepName } from './steps.ts';
import { rowsOf } from './use-case-rows.ts';

/** Whether the role may ever give the step. */
export function mayGive(name: StepName, role: Role): boolean {
  return (caseCommands[name].roles as readonly Role[]).includes(role);
}

/**
 * Of the names a key or a button stands for, the one that is meant for these cases, and what stands in its way. With several cases nothing does: some may
 * take it, and the answer says which do not.
 */
export function choose(
  names: readonly StepName[],
  cases: readonly Known[],
  around: Surroundings,
): { name: StepName; refusal: StepRefusal | null } | null {
  const permitted = names.filter((name) => mayGive(name, around.operator.role));
  const fit = (permitted.length > 0 ? permitted : names).filter((name) => cases.length === 1 || !oneByOne.has(name));
  const name = fit.find((one) => cases.some((known) => refusalBefore(known, one, around) === null)) ?? fit.at(-1);
  const [first, second] = cases;
  if (name === undefined || first === undefined) return null;
  return { name, refusal: second === undefined ? refusalBefore(first, name, around) : null };
}

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
