import type { Call } from './call.ts';
import type { Case } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import type { Message } from './message.ts';

/** Why a command was refused. The words for the operator are in locales `refusal.*`. */
export type RefusalReason =
  | 'caseUnknown'
  | 'caseVoid'
  | 'caseMerged'
  | 'caseClosed'
  | 'caseNotClosed'
  | 'caseResolved'
  | 'notDispatched'
  | 'alreadyDispatched'
  | 'alreadyAccepted'
  | 'alreadyOnScene'
  | 'riskUnchanged'
  | 'reasonMissing'
  | 'noteMissing'
  | 'noRecipients'
  | 'personUnknown'
  | 'villageUnknown'
  | 'callUnknown'
  | 'callFinished'
  | 'notPermitted'
  | 'argumentsInvalid'
  | 'commandUnknown';

/** What a command changes. Rows carry `rev: 0`; who stores them gives the revision. */
export interface Effects {
  case: Case;
  events: CaseEvent[];
  calls: Call[];
  messages: Message[];
}

export type Outcome = { ok: true; effects: Effects } | { ok: false; reason: RefusalReason; detail?: string };

/** What a transition may know beside its case: the same on the server, in the replica and in tests. */
export interface CommandContext {
  commandId: string;
  /** When the operator acted, as the workstation said it; the server bounds it by its own clock. */
  at: number;
  operator: { id: string; name: string };
  /** Persons named by the command, by id. `phone` tells whether a message can be sent. */
  persons: ReadonlyMap<string, { id: string; name: string; phone: string | null }>;
  /** Calls of this case, by id. */
  calls: ReadonlyMap<string, Call>;
  /** Villages named by the command, by code. */
  villages: ReadonlyMap<string, { id: string; townCode: string; bindingVersion: number }>;
}
