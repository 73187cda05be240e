import { ulid } from 'ulid';
import type { Case } from '../../shared/model/case.ts';
import { recordedCase, recordedEvents } from '../../shared/model/recording.ts';
import type { IntakeCase } from '../../shared/protocol/intake.ts';
import type { Central } from '../central.ts';
import { findCase, nextCaseNo } from '../db/cases.ts';
import { inRevision, type Revision } from '../db/in-revision.ts';
import { findReceipt, storeReceipt } from '../db/intake-receipts.ts';
import type { DispatchRules } from './dispatch-desk.ts';

/** Takes a report in: a case with its number, deadline, village and reason chain. The same source number gives the case it became before. */
export async function recordCase(central: Central, report: IntakeCase): Promise<{ row: Case; duplicate: boolean }> {
  const rules = await central.desk.rules();
  const { result } = await inRevision(central.pool, async (revision) => {
    const before = await knownCase(revision, report);
    if (before) return { row: before, duplicate: true };
    const now = central.clock.now();
    const { gridCode: _, facts, ...rest } = report;
    const recorded = recordedCase({ ...rest, villageCode: villageOf(report, rules) }, rules, ulid(now), now);
    const row = await numbered(revision, recorded.row, now);
    await revision.upsert('case', [row]);
    await revision.upsert('caseEvent', recordedEvents(row, facts, { id: row.id, actor: null }));
    return { row: { ...row, rev: revision.rev }, duplicate: false };
  });
  return result;
}

/** The case that a source's number has become before. */
export async function knownCase(
  { client }: Revision,
  { source, sourceNo }: Pick<Case, 'source' | 'sourceNo'>,
): Promise<Case | null> {
  const known = sourceNo === '' ? null : await findReceipt(client, source, sourceNo);
  return known === null ? null : findCase(client, known);
}

/** A new case with its number; from now on its source's number leads to it. */
export async function numbered({ client }: Revision, row: Case, now: number): Promise<Case> {
  const no = await nextCaseNo(client, row.recordedAt);
  const { source, sourceNo, id: caseId } = row;
  if (sourceNo !== '') await storeReceipt(client, { source, sourceNo, caseId, at: now });
  return { ...row, no };
}

/** A grid code that the register does not know is looked at as it stands, so that the chain shows what was tried. */
function villageOf({ villageCode, gridCode }: IntakeCase, rules: DispatchRules): string | null {
  return villageCode ?? (gridCode === null ? null : (rules.villageOfGrid.get(gridCode) ?? gridCode));
}
