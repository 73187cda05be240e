import { z } from 'zod';
import type { Case } from '../case.ts';
import {
  type CaseRecords,
  type CaseRules,
  type CommandContext,
  type CommandNeed,
  defaultCaseRules,
  noRecords,
  type Recording,
} from '../effects.ts';
import { needsOf, referencesOf } from './registry.ts';

/** Rows a command's arguments may name, by table. */
export interface NamedRows {
  person: { id: string; name: string; phone: string | null };
  village: { id: string; townCode: string; bindingVersion: number };
  department: { id: string; name: string };
  campaign: { id: string; name: string };
  case: Case;
}

/** What somebody holds of a case and its surroundings: the server, the replica, a model in a test. */
export interface Holdings {
  named<T extends keyof NamedRows>(table: T, ids: readonly string[]): ReadonlyMap<string, NamedRows[T]>;
  /** Rows of this kind that hang on the case. */
  records<K extends keyof CaseRecords>(kind: K): CaseRecords[K];
  /** Ids of the cases merged into the case. */
  mergedHere(): string[];
  /** Value of setting `caseRules`; null where there is none. */
  caseRules(): unknown;
  /** What a case that the command makes is made of; left out by who never makes one. */
  recording?(): Recording;
}

/** What a transition is told, from what somebody holds; only what the command asks for is looked up. */
export function contextFrom(
  head: Pick<CommandContext, 'commandId' | 'at' | 'operator'>,
  { name, args }: { name: string; args: unknown },
  held: Holdings,
): CommandContext {
  const ids = referencesOf(args);
  const needs = needsOf(name);
  const asked = <K extends CommandNeed & keyof CaseRecords>(kind: K): CaseRecords[K] =>
    needs.includes(kind) ? held.records(kind) : noRecords()[kind];
  return {
    ...head,
    rules: needs.includes('rules') ? caseRulesOf(held.caseRules()) : defaultCaseRules,
    persons: held.named('person', ids.personIds),
    villages: held.named('village', ids.villageCodes),
    departments: held.named('department', ids.departmentIds),
    campaigns: held.named('campaign', ids.campaignIds),
    cases: held.named('case', ids.caseIds),
    calls: new Map(asked('calls').map((call) => [call.id, call])),
    consultations: asked('consultations'),
    extensions: asked('extensions'),
    escalations: asked('escalations'),
    assignments: asked('assignments'),
    mergedHere: needs.includes('mergedHere') ? held.mergedHere() : [],
    recording: needs.includes('recording') ? held.recording?.() : undefined,
  };
}

const rules = z.object({
  consultationsToEscalate: z.int().min(0).max(9),
  extensionDaysAtMost: z.int().min(1).max(365),
});

/** The county's rules; a part that is missing or malformed is as it comes with the program. */
export function caseRulesOf(value: unknown): CaseRules {
  const given = z.record(z.string(), z.unknown()).catch({}).parse(value);
  const parsed = rules.safeParse({ ...defaultCaseRules, ...given });
  return parsed.success ? parsed.data : defaultCaseRules;
}
