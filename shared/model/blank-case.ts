import type { Case } from './case.ts';

/** A case as intake leaves it before any rule looked at it: nothing has happened yet, every list is empty. */
export function blankCase(
  facts: Pick<
    Case,
    'id' | 'no' | 'source' | 'sourceNo' | 'category' | 'title' | 'recordedAt' | 'dueAt' | 'deadlineRule'
  > &
    Partial<Case>,
): Case {
  return {
    rev: 0,
    detail: '',
    address: '',
    lng: null,
    lat: null,
    positionKind: null,
    townCode: null,
    villageCode: null,
    dispatchState: 'pending',
    dispatchChain: [],
    bindingVersion: null,
    parties: [],
    highRisk: false,
    riskReason: null,
    level: 'village',
    originalDueAt: facts.dueAt,
    ...nothingDone(),
    updatedAt: facts.recordedAt,
    ...facts,
  };
}

/** No step taken, no campaign, no petition, no urge, no call. */
export function nothingDone() {
  return {
    dispatchedAt: null,
    acceptedAt: null,
    onSceneAt: null,
    firstActionAt: null,
    resolvedAt: null,
    closedAt: null,
    calledBackAt: null,
    callbackResult: null,
    voidedAt: null,
    mergedIntoId: null,
    campaigns: [],
    petitionKind: null,
    petitionBatch: null,
    petitionSince: null,
    urgeCount: 0,
    lastUrgedAt: null,
    lastUrgeDegree: null,
    callCount: 0,
    lastCalledAt: null,
  } satisfies Partial<Case>;
}
