import type { Case } from '../../shared/model/case.ts';
import { applyCaseCommand } from '../../shared/model/commands/registry.ts';
import type { Outcome } from '../../shared/model/effects.ts';
import { maySeeTown } from '../../shared/model/permissions.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import type { CommandResult, WireCommand } from '../../shared/protocol/commands.ts';
import type { Central } from '../central.ts';
import { foreignCall, loadContext, lockCase, storeEffects } from '../db/cases.ts';
import { findResult, storeResult } from '../db/command-results.ts';
import { inRevision, type Revision } from '../db/in-revision.ts';
import { queueSms } from '../sms/queue-sms.ts';

/** No text column of PostgreSQL can hold it; no keyboard types it. */
const nul = '\\u0000';

/**
 * Applies one command in one transaction: the effect and the answer are committed together, so a resend of any kind finds the first answer
 * and changes nothing. A refusal is an answer too.
 */
export async function applyCommand(central: Central, operator: Operator, command: WireCommand): Promise<CommandResult> {
  const { result } = await inRevision(central.pool, async (revision): Promise<CommandResult> => {
    const known = await findResult(revision.client, command.id);
    if (known) return known;
    const now = central.clock.now();
    const at = Math.min(command.issuedAt, now);
    const outcome = await decide(revision, operator, command, at);
    if (outcome.ok) {
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

async function decide(revision: Revision, operator: Operator, command: WireCommand, at: number): Promise<Outcome> {
  // Nobody acts in another's name: a workstation sends what its operator issued with that operator's token.
  if (command.operatorId !== operator.id) return { ok: false, reason: 'notPermitted', detail: 'operatorId' };
  if (JSON.stringify(command.args ?? null).includes(nul))
    return { ok: false, reason: 'argumentsInvalid', detail: 'args' };
  const before: Case | null = await lockCase(revision.client, command.caseId);
  if (!before) return { ok: false, reason: 'caseUnknown', detail: command.caseId };
  if (!maySeeTown(operator.townCode, before.townCode)) return { ok: false, reason: 'notPermitted', detail: 'town' };
  const context = await loadContext(revision.client, before.id, command, {
    commandId: command.id,
    at,
    operator: { id: operator.id, name: operator.name },
  });
  const outcome = applyCaseCommand(before, command.name, command.args, operator.role, context);
  if (outcome.ok && (await foreignCall(revision.client, outcome.effects.calls)))
    return { ok: false, reason: 'argumentsInvalid', detail: 'callId' };
  return outcome;
}
