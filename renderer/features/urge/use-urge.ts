import { useState } from 'react';
import type { CommandResultOf } from '../../../shared/ipc/contract.ts';
import type { PostKind, UrgeDegree } from '../../../shared/model/codes.ts';
import { useNow } from '../../data/clock.ts';
import type { PendingAction } from '../../data/desk-store.ts';
import { useDraft } from '../../data/drafts.ts';
import { useCaseRows } from '../../data/use-case-rows.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { useRegister } from '../../data/use-register.ts';
import { cooldownOf, planOf, type UrgePlan } from './urge-plan.ts';

/** At most this many cases in one urging: one transaction of the replica. */
export const urgeLimit = 500;
export interface Sent {
  cases: number;
  messages: number;
  /** They wait to be taken back. */
  held: boolean;
}
const noPlan: UrgePlan = { send: [], cooling: [], refused: [], posts: [], messages: 0 };

/** The refused urging that this one takes the place of. */
export type Instead = NonNullable<Extract<PendingAction, { kind: 'urge' }>['instead']>;

/** State of the urging that is being prepared. */
export function useUrge(caseIds: readonly string[], instead: Instead | undefined) {
  const now = useNow();
  const { settings } = useRegister();
  const asked = caseIds.slice(0, urgeLimit);
  const [degree, setDegree] = useState<UrgeDegree>(instead?.degree ?? 'yellow');
  const [without, setWithout] = useState<ReadonlySet<PostKind>>(new Set());
  const [again, setAgain] = useState<boolean | null>(null);
  const [answer, setAnswer] = useState<CommandResultOf<'urge'> | null>(null);
  const note = useDraft(`urge:${[...caseIds].sort().join()}`);
  const preview = useQuery('urgePreview', { caseIds: asked }, ['case', 'post', 'person']);
  const rows = useCaseRows(asked);
  const { run, running, failure } = useCommand('urge');

  const cases = preview.data?.cases ?? null;
  const wish = { cooldownMinutes: cooldownOf(settings), now, without };
  const first = cases === null ? noPlan : planOf(cases, { ...wish, again: false });
  // When everything asked for was just urged, the question is whether to do it again; among many, what was just urged is left out.
  const goAgain = again ?? (first.send.length === 0 && first.cooling.length > 0);
  const plan = cases === null ? noPlan : planOf(cases, { ...wish, again: goAgain });
  const tooMany = caseIds.length > urgeLimit;
  const ready = plan.send.length > 0 && !running && !tooMany && answer === null;

  const send = async (onSent: (sent: Sent) => void): Promise<void> => {
    if (!ready) return;
    const postKinds = without.size === 0 ? [] : plan.posts.map(({ kind }) => kind).filter((kind) => !without.has(kind));
    const messages = plan.messages;
    const result = await run({
      caseIds: plan.send,
      degree,
      postKinds,
      note: note.text.trim(),
      instead: instead?.commandId,
    });
    if (result === null) return;
    if (result.queued.length > 0) note.drop();
    if (result.refused.length === 0) onSent({ cases: result.queued.length, messages, held: result.held });
    else setAnswer(result);
  };
  const leaveOut = (kind: PostKind): void => {
    const next = new Set(without);
    if (!next.delete(kind)) next.add(kind);
    setWithout(next);
  };
  return {
    plan,
    degree,
    setDegree,
    without,
    leaveOut,
    again: goAgain,
    setAgain,
    note,
    rows,
    cases,
    send,
    ready,
    running,
    tooMany,
    answer,
    failure: failure ?? preview.failure,
  };
}
export type Urge = ReturnType<typeof useUrge>;
