import type { CaseDetail } from '../../shared/model/case-view.ts';
import { levelSchema, type Role } from '../../shared/model/codes.ts';
import { contextFrom, type Holdings, type NamedRows } from '../../shared/model/commands/context.ts';
import { heldAt } from '../../shared/model/commands/escalate-case.ts';
import { applyCaseCommand, caseCommands } from '../../shared/model/commands/registry.ts';
import { noRecords, type RefusalReason } from '../../shared/model/effects.ts';
import type { Campaign, Village } from '../../shared/model/register.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import { hourMs } from '../../shared/time/shanghai.ts';
import { oneByOne, type StepArgs, type StepName } from './steps.ts';

/** What the page knows of one case; a case alone, without its records, when it is one of many. */
export type Known = Pick<CaseDetail, 'case'> & Partial<Pick<CaseDetail, 'work'>>;
/** Who would give the step, when, and the places and campaigns there are. */
export interface Surroundings {
  operator: Operator;
  at: number;
  villages: ReadonlyMap<string, Village>;
  campaigns: readonly Campaign[];
}
export interface StepRefusal {
  reason: RefusalReason;
  detail: string | null;
}

/**
 * Whether the rules would refuse the step now, by the very rule that the writer and the server apply. Persons, departments and other cases that the
 * arguments name are taken to be there: a picker offered them, and the writer looks.
 */
export function refusalOf(known: Known, name: StepName, args: unknown, around: Surroundings): StepRefusal | null {
  const { operator, at } = around;
  const context = contextFrom({ commandId: 'draft', at, operator }, { name, args }, holdings(known, around));
  const outcome = applyCaseCommand(known.case, name, args, operator.role, context);
  return outcome.ok ? null : { reason: outcome.reason, detail: outcome.detail ?? null };
}

/** As `refusalOf`, before anything is filled in: what of the case itself stands in the way. */
export function refusalBefore(known: Known, name: StepName, around: Surroundings): StepRefusal | null {
  return refusalOf(known, name, wellFilled(known, around)[name], around);
}

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

function holdings({ case: one, work }: Known, { villages, campaigns }: Surroundings): Holdings {
  const rows: { [T in keyof NamedRows]: (id: string) => NamedRows[T] | undefined } = {
    person: (id) => (id === '' ? undefined : { id, name: '', phone: null }),
    department: (id) => (id === '' ? undefined : { id, name: '' }),
    village: (id) => villages.get(id),
    campaign: (id) => campaigns.find((campaign) => campaign.id === id),
    case: (id) => (id === '' ? undefined : { ...one, id, mergedIntoId: null, voidedAt: null }),
  };
  return {
    named: (table, ids) =>
      new Map(
        ids.flatMap((id) => {
          const row = rows[table](id);
          return row === undefined ? [] : [[id, row] as const];
        }),
      ),
    records: (kind) => ({ ...noRecords(), ...work })[kind],
    mergedHere: () => work?.mergedHere.map(({ id }) => id) ?? [],
    caseRules: () => work?.rules ?? null,
  };
}

const anything = '—';

/** Arguments of every step as somebody would fill them in who made no mistake: what is refused then is refused because of the case. */
function wellFilled({ case: one, work }: Known, { at, villages, campaigns }: Surroundings) {
  const reason = anything;
  const held = heldAt(work?.escalations ?? []);
  const village = [...villages.keys()].find((id) => id !== one.villageCode) ?? '';
  const untagged = campaigns.find(({ id }) => !one.campaigns.includes(id));
  return {
    acceptCase: { note: '' },
    arriveOnScene: { note: '' },
    recordAction: { note: anything },
    resolveCase: { level: one.level, note: '' },
    closeCase: { note: '' },
    callBack: { result: 'satisfied', note: '' },
    markRisk: { highRisk: !one.highRisk, reason },
    dispatchByHand: { villageCode: village, reason },
    transferCase: { villageCode: village, reason },
    voidCase: { reason },
    askExtension: { newDueAt: Math.max(one.dueAt, at) + hourMs, reason },
    decideExtension: {
      extensionId: work?.extensions.find(({ state }) => state === 'asked')?.id ?? '',
      approve: true,
      note: '',
    },
    recordConsultation: { level: held, heldAt: at, participants: anything, options: [], conclusion: anything },
    escalateCase: {
      toLevel: levelSchema.options[levelSchema.options.indexOf(held) + 1] ?? held,
      reason,
      override: true,
    },
    returnEscalation: {
      escalationId: work?.escalations.findLast(({ state }) => state === 'open')?.id ?? '',
      note: anything,
    },
    assignCase: { kind: 'department', personId: null, departmentId: anything, basis: 'chosen', reason },
    returnAssignment: {
      assignmentId: work?.assignments.find(({ state }) => state === 'open')?.id ?? '',
      note: anything,
    },
    mergeCase: { intoId: `${one.id}${anything}`, reason },
    unmergeCase: { reason },
    tagCampaign: { campaignId: (untagged ?? campaigns[0])?.id ?? '', tagged: untagged !== undefined },
    setPetitionBatch: { batch: one.petitionBatch === 'resolve' ? 'strive' : 'resolve', reason },
  } satisfies { [N in StepName]: StepArgs<N> };
}
