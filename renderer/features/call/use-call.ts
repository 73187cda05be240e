import { useCallback, useEffect, useRef, useState } from 'react';
import { Failure } from '../../../shared/errors.ts';
import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { shellCall } from '../../data/bridge.ts';
import type { PendingAction } from '../../data/desk-store.ts';
import { useDraft } from '../../data/drafts.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { nextPerson } from './next-person.ts';

export type CallAction = Extract<PendingAction, { kind: 'call' }>;
export type Outcome = CommandArgs<'finishCall'>['outcome'];
/** What became of the hand-off to the telephone: `none` means that no program took it, `noNumber` that there was nothing to dial. */
export type HandOff = 'waiting' | 'taken' | 'none' | 'noNumber' | 'earlier';

/** A call from the click on: recorded first, dialled second, its outcome third. */
export function useCall(action: CallAction) {
  const { caseId } = action;
  const [call, setCall] = useState<Pick<CommandResultOf<'startCall'>, 'callId' | 'personId' | 'personName'> | null>(
    null,
  );
  const [handOff, setHandOff] = useState<HandOff>('waiting');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [saved, setSaved] = useState(false);
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const note = useDraft(`call:${caseId}`);
  const detail = useQuery('caseDetail', { caseId }, ['case', 'call', 'post', 'person']);
  const starting = useCommand('startCall');
  const finishing = useCommand('finishCall');

  const { run: runStart } = starting;
  const start = useCallback(
    async (personId: string | null): Promise<void> => {
      setSaved(false);
      setOutcome(null);
      setHandOff('waiting');
      const begun = await runStart({ caseId, personId });
      if (begun === null) return;
      setCall(begun);
      setTried((before) => new Set([...before, begun.personId]));
      setHandOff(begun.uri === null ? 'noNumber' : await dial(begun.uri));
    },
    [runStart, caseId],
  );

  const known = detail.data?.calls.find(({ id }) => id === action.callId);
  const begunFor = useRef<CallAction | null>(null);
  useEffect(() => {
    // Once for each press of 拨号: the record must not be made twice.
    if (begunFor.current === action) return;
    if (action.callId === undefined) {
      begunFor.current = action;
      void start(action.personId ?? null);
    } else if (known) {
      begunFor.current = action;
      setCall({ callId: known.id, personId: known.personId ?? '', personName: known.personName ?? '' });
      setTried(new Set(known.personId === null ? [] : [known.personId]));
      setHandOff('earlier');
    }
  }, [action, known, start]);

  const responsibles = detail.data?.responsibles ?? [];
  const next = nextPerson(responsibles, tried);
  /** Saves the outcome; true when it is on the disk. */
  const save = async (chosen: Outcome): Promise<boolean> => {
    if (call === null) return false;
    const done = await finishing.run({ caseId, callId: call.callId, outcome: chosen, note: note.text.trim() });
    if (done === null) return false;
    note.drop();
    setSaved(true);
    return true;
  };
  return {
    detail: detail.data,
    call,
    holder: responsibles.find(({ personId }) => personId === call?.personId) ?? null,
    handOff,
    outcome,
    setOutcome,
    note,
    save,
    saved,
    next,
    start,
    running: starting.running || finishing.running,
    failure: starting.failure ?? finishing.failure,
  };
}
export type CallState = ReturnType<typeof useCall>;

async function dial(uri: string): Promise<HandOff> {
  try {
    return (await shellCall('dial', { uri })).handedOver ? 'taken' : 'none';
  } catch (error) {
    if (error instanceof Failure) return 'none';
    throw error;
  }
}
