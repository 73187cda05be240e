import type { Case } from '../../shared/model/case.ts';
import { recordCaseArgs } from '../../shared/model/commands/record-case.ts';
import { applyCaseCommand, beginsCase } from '../../shared/model/commands/registry.ts';
import type { Outcome, Recording } from '../../shared/model/effects.ts';
import { maySeeTown } from '../../shared/model/permissions.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import type { CommandResult, WireCommand } from '../../shared/protocol/commands.ts';
import type { Central } from '../central.ts';
import { foreignCall, loadContext, lockCase, storeEffects } from '../db/cases.ts';
import { findResult, storeResult } from '../db/command-results.ts';
import { inRevision, type Revision } from '../db/in-revision.ts';
import type { DispatchRules } from '../intake/dispatch-desk.ts';
import { knownCase, numbered } from '../intake/record-case.ts';
import { queueSms } from '../sms/queue-sms.ts';

/** No text column of PostgreSQL can hold it; no keyboard types it. */
const nul = '\\u0000';

/**
 * Applies one command in one transaction: the effect and the answer are committed together, so a resend of any kind finds the first answer
 * and changes nothing. A refusal is an answer too.
 */
export async function applyCommand(central: Central, operator: Operator, command: WireCommand): Promise<CommandResult> {
  const rules = beginsCase(command.name) ? await central.desk.rules() : null;
  const { result } = await inRevision(central.pool, async (revision): Promise<CommandResult> => {
    const known = await findResult(revision.client, command.id);
    if (known) return known;
    const now = central.clock.now();
    const at = Math.min(command.issuedAt, now);
    const outcome = await decide(revision, operator, command, at, rules);
    if (outcome.ok) {
      // Only a case that is taken uses up a number.
      if (rules) outcome.effects.case = await numbered(revision, outcome.effects.case, now);
      await storeEffects(revision, outcome.effects);
      await queueSms(revision.client, outcome.effects, command, operator.name, now);
    }
    const answer = outcome.ok
      ? { status: 'accepted' as const, reason: null, detail: null, rev: revision.rev }
      : { status: 'rejected' as const, reason: outcome.reason, detail: outcome.detail ?? null, rev: null };
    await storeResult(revision.client, command, operator.id, answer, now);
    return { id: command.id, duplicate: false, ...answer };
  });
  return result;
}

async function decide(
  revision: Revision,
  operator: Operator,
  command: WireCommand,
  at: number,
  rules: DispatchRules | null,
): Promise<Outcome> {
  // Nobody acts in another's name: a workstation sends what its operator issued with that operator's token.
  if (command.operatorId !== operator.id) return { ok: false, reason: 'notPermitted', detail: 'operatorId' };
  if (JSON.stringify(command.args ?? null).includes(nul))
    return { ok: false, reason: 'argumentsInvalid', detail: 'args' };
  const before: Case | null = await lockCase(revision.client, command.caseId);
  if (!before && !rules) return { ok: false, reason: 'caseUnknown', detail: command.caseId };
  if (before && !maySeeTown(operator.townCode, before.townCode))
    return { ok: false, reason: 'notPermitted', detail: 'town' };
  const head = { commandId: command.id, at, operator: { id: operator.id, name: operator.name } };
  const recording = rules ? await recordingOf(revision, operator, command, rules) : undefined;
  const context = await loadContext(revision.client, command.caseId, command, head, recording);
  const outcome = applyCaseCommand(before, command.name, command.args, operator.role, context);
  if (outcome.ok && (await foreignCall(revision.client, outcome.effects.calls)))
    return { ok: false, reason: 'argumentsInvalid', detail: 'callId' };
  return outcome;
}

/** What a new case is made of here; malformed arguments name no known case, and are refused after this. */
async function recordingOf(
  revision: Revision,
  operator: Operator,
  { caseId, args }: WireCommand,
  rules: DispatchRules,
): Promise<Recording> {
  const named = recordCaseArgs.pick({ source: true, sourceNo: true }).safeParse(args);
  const known = named.success ? await knownCase(revision, named.data) : null;
  return { caseId, townCode: operator.townCode, rules, known: known?.no ?? null };
}
