import { ulid } from 'ulid';
import { blankCase } from '../../shared/model/blank-case.ts';
import type { Case, DispatchStep } from '../../shared/model/case.ts';
import type { CaseEvent } from '../../shared/model/case-event.ts';
import { dueOf } from '../../shared/model/deadlines.ts';
import { dispatchOf } from '../../shared/model/dispatch.ts';
import type { IntakeCase } from '../../shared/protocol/intake.ts';
import type { Central } from '../central.ts';
import { findCase, nextCaseNo } from '../db/cases.ts';
import { inRevision } from '../db/in-revision.ts';
import { findReceipt, storeReceipt } from '../db/intake-receipts.ts';
import type { DispatchRules } from './dispatch-desk.ts';

/** Takes a report in: a case with its number, deadline, village and reason chain. The same source number gives the case it became before. */
export async function recordCase(central: Central, report: IntakeCase): Promise<{ row: Case; duplicate: boolean }> {
  const rules = await central.desk.rules();
  const { result } = await inRevision(central.pool, async (revision) => {
    const known = await findReceipt(revision.client, report.source, report.sourceNo);
    const before = known === null ? null : await findCase(revision.client, known);
    if (before) return { row: before, duplicate: true };
    const now = central.clock.now();
    const no = await nextCaseNo(revision.client, report.recordedAt);
    const row = caseOf(report, rules, ulid(now), no, now);
    await revision.upsert('case', [row]);
    await revision.upsert('caseEvent', eventsOf(row, report));
    await storeReceipt(revision.client, { ...report, caseId: row.id, at: now });
    return { row: { ...row, rev: revision.rev }, duplicate: false };
  });
  return result;
}

function caseOf(report: IntakeCase, rules: DispatchRules, id: string, no: string, now: number): Case {
  const { gridCode, facts: _, ...rest } = report;
  // A grid code that the register does not know is looked at as it stands, so that the chain shows what was tried.
  const villageCode =
    report.villageCode ?? (gridCode === null ? null : (rules.villageOfGrid.get(gridCode) ?? gridCode));
  const { villageCode: found, chain } = dispatchOf({ ...report, villageCode }, rules.lookups);
  const village = found === null ? null : rules.villages.get(found);
  const deadline = dueOf(report, rules.deadlineRules, rules.calendar);
  return blankCase({
    ...rest,
    id,
    no,
    villageCode: village?.id ?? null,
    townCode: village?.townCode ?? null,
    dispatchState: village ? 'auto' : 'pending',
    dispatchChain: chain,
    dispatchedAt: village ? now : null,
    bindingVersion: village?.bindingVersion ?? null,
    positionKind: report.lng === null ? null : 'reported',
    deadlineRule: deadline.rule.id,
    dueAt: deadline.dueAt,
    updatedAt: now,
  });
}

function eventsOf(row: Case, report: IntakeCase): CaseEvent[] {
  const event = (n: number, kind: CaseEvent['kind'], at: number, facts: CaseEvent['facts']): CaseEvent => ({
    id: `${row.id}:${n}`,
    rev: 0,
    caseId: row.id,
    kind,
    at,
    actorId: null,
    actorName: null,
    facts,
    note: '',
  });
  const recorded = event(0, 'recorded', row.recordedAt, {
    source: row.source,
    sourceNo: row.sourceNo,
    ...report.facts,
  });
  if (row.villageCode === null || row.dispatchedAt === null) return [recorded];
  const by: DispatchStep['step'] = row.dispatchChain.at(-1)?.step ?? 'manual';
  return [recorded, event(1, 'dispatched', row.dispatchedAt, { by, villageCode: row.villageCode })];
}
