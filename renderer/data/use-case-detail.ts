import { useQuery } from './use-query.ts';

const watched = [
  'case',
  'caseEvent',
  'call',
  'message',
  'consultation',
  'extension',
  'escalation',
  'assignment',
  'post',
  'person',
  'village',
  'town',
  'setting',
];

/** Everything about a case, live. `current` false: what is shown is still the case before, for the moment the next one takes. */
export function useCaseDetail(caseId: string | null) {
  const { data, failure, loading, refresh } = useQuery('caseDetail', caseId === null ? null : { caseId }, watched);
  return { detail: data, current: data?.case.id === caseId, failure, loading, refresh };
}
