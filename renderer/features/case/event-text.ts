import type { CaseEvent } from '../../../shared/model/case-event.ts';
import type { TimeWords } from '../../ui/time.ts';

/** One line of the timeline in words. A fact that is missing leaves its place empty rather than showing a code. */
export function eventText(event: Pick<CaseEvent, 'kind' | 'facts'>, t: TimeWords): string {
  const values: Record<string, string | number> = {};
  for (const [key, fact] of Object.entries(event.facts)) {
    if (typeof fact === 'string' || typeof fact === 'number') values[key] = fact;
  }
  switch (event.kind) {
    case 'urged':
      return t('codes:caseEvent.urged', { degree: 'yellow', recipients: '—', ...values });
    case 'callStarted':
      return t('codes:caseEvent.callStarted', { person: '—', ...values });
    case 'callFinished':
      return t('codes:caseEvent.callFinished', { outcome: 'unrecorded', ...values });
    case 'resolved':
      return t('codes:caseEvent.resolved', { level: 'village', ...values });
    case 'calledBack':
      return t('codes:caseEvent.calledBack', { result: 'unreached', ...values });
    case 'recorded':
    case 'dispatched':
    case 'accepted':
    case 'onScene':
    case 'acted':
    case 'closed':
    case 'reopened':
    case 'riskMarked':
    case 'riskCleared':
      return t(`codes:caseEvent.${event.kind}`, values);
    default:
      return event.kind satisfies never;
  }
}
