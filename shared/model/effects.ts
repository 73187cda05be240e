import type { Assignment } from './assignment.ts';
import type { Call } from './call.ts';
import type { Case } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import type { Consultation } from './consultation.ts';
import type { Escalation } from './escalation.ts';
import type { Extension } from './extension.ts';
import type { Message } from './message.ts';
import type { RecordingRules } from './recording.ts';

/** Why a command was refused. The words for the operator are in locales `refusal.*`. */
export type RefusalReason =
  | 'caseUnknown'
  | 'caseKnown'
  | 'caseVoid'
  | 'caseMerged'
  | 'caseNotMerged'
  | 'caseClosed'
  | 'caseNotClosed'
  | 'caseResolved'
  | 'notDispatched'
  | 'alreadyDispatched'
  | 'alreadyAccepted'
  | 'alreadyOnScene'
  | 'sameVillage'
  | 'riskUnchanged'
  | 'reasonMissing'
  | 'noteMissing'
  | 'noRecipients'
  | 'personUnknown'
  | 'villageUnknown'
  | 'departmentUnknown'
  | 'campaignUnknown'
  | 'campaignUnchanged'
  | 'callUnknown'
  | 'callFinished'
  | 'dueNotLater'
  | 'dueTooFar'
  | 'extensionOpen'
  | 'extensionUnknown'
  | 'extensionDecided'
  | 'heldInFuture'
  | 'participantsMissing'
  | 'conclusionMissing'
  | 'levelNotHigher'
  | 'consultationsMissing'
  | 'notAtCounty'
  | 'alreadyAssigned'
  | 'handoverUnknown'
  | 'handoverEnded'
  | 'mergeIntoItself'
  | 'mergeTargetUnknown'
  | 'mergeTargetEnded'
  | 'othersMergedHere'
  | 'noPetition'
  | 'batchUnchanged'
  | 'sourceNoMissing'
  | 'sourceNoKnown'
  | 'linkMissing'
  | 'recordedInFuture'
  | 'outsideTown'
  | 'notPermitted'
  | 'argumentsInvalid'
  | 'commandUnknown';

/** Rows that hang on a case. A command reads those it declares as needed, and may write any. */
export interface CaseRecords {
  events: CaseEvent[];
  calls: Call[];
  messages: Message[];
  consultations: Consultation[];
  extensions: Extension[];
  escalations: Escalation[];
  assignments: Assignment[];
}

/** The synchronised table of each kind of record, in the order they are stored. */
export const tableOfRecords = {
  events: 'caseEvent',
  calls: 'call',
  messages: 'message',
  consultations: 'consultation',
  extensions: 'extension',
  escalations: 'escalation',
  assignments: 'assignment',
} as const satisfies Record<keyof CaseRecords, string>;
export const recordKinds = Object.keys(tableOfRecords) as (keyof CaseRecords)[];

export function noRecords(): CaseRecords {
  return {
    events: [],
    calls: [],
    messages: [],
    consultations: [],
    extensions: [],
    escalations: [],
    assignments: [],
  };
}

/** What a command changes. Rows carry `rev: 0`; who stores them gives the revision. */
export interface Effects extends CaseRecords {
  case: Case;
}

export type Outcome = { ok: true; effects: Effects } | { ok: false; reason: RefusalReason; detail?: string };

/** What a command may ask for beside the rows its arguments name. `mergedHere`: ids of the cases merged into its case. */
export type CommandNeed =
  | 'calls'
  | 'extensions'
  | 'escalations'
  | 'assignments'
  | 'consultations'
  | 'mergedHere'
  | 'rules'
  | 'recording';

/** Rules of the county that commands go by: setting `caseRules`. */
export interface CaseRules {
  /** Consultations to be held at a level before a case leaves it upwards [C]. */
  consultationsToEscalate: number;
  /** An extension ends at most so many days after the original due [C]. */
  extensionDaysAtMost: number;
}
export const defaultCaseRules: CaseRules = { consultationsToEscalate: 2, extensionDaysAtMost: 90 };

/** What a new case is made of beside what its report says. */
export interface Recording {
  caseId: string;
  /** The one town whose cases the operator may record; null: any. */
  townCode: string | null;
  rules: RecordingRules;
  /** Number of the case that the source's number became before; null: none that is known here. Empty: that one has no number yet. */
  known: string | null;
}

/** What a transition may know beside its case: the same on the server, in the replica and in tests. What the command did not ask for is empty. */
export interface CommandContext
  extends Readonly<Pick<CaseRecords, 'consultations' | 'extensions' | 'escalations' | 'assignments'>> {
  commandId: string;
  /** When the operator acted, as the workstation said it; the server bounds it by its own clock. */
  at: number;
  operator: { id: string; name: string };
  rules: CaseRules;
  /** Persons named by the command, by id. `phone` tells whether a message can be sent. */
  persons: ReadonlyMap<string, { id: string; name: string; phone: string | null }>;
  /** Calls of this case, by id. */
  calls: ReadonlyMap<string, Call>;
  /** Villages named by the command, by code. */
  villages: ReadonlyMap<string, { id: string; townCode: string; bindingVersion: number }>;
  /** Departments, campaigns and other cases named by the command, by id. */
  departments: ReadonlyMap<string, { id: string; name: string }>;
  campaigns: ReadonlyMap<string, { id: string; name: string }>;
  cases: ReadonlyMap<string, Case>;
  mergedHere: readonly string[];
  /** There for a command that makes its case. */
  recording?: Recording | undefined;
}
