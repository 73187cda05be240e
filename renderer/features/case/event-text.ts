import type { CaseEvent } from '../../../shared/model/case-event.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import type { TimeWords } from '../../ui/time.ts';

const dated = (values: Record<string, string | number>) => ({
  ...values,
  due: typeof values.newDueAt === 'number' ? formatDateTime(values.newDueAt) : '—',
});

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
    case 'extensionAsked':
      return t(
        event.facts.late === true ? 'codes:extensionAskedLate' : 'codes:caseEvent.extensionAsked',
        dated(values),
      );
    case 'extensionApproved':
      return t('codes:caseEvent.extensionApproved', dated(values));
    case 'escalated':
      return t(event.facts.override === true ? 'codes:escalatedByOverride' : 'codes:caseEvent.escalated', {
        from: 'village',
        to: 'town',
        consultations: '—',
        ...values,
      });
    case 'escalationReturned':
      return t('codes:caseEvent.escalationReturned', { from: 'town', to: 'village', ...values });
    case 'assigned':
      return t('codes:caseEvent.assigned', { assignee: '—', ...values });
    case 'batchSet':
      return t('codes:caseEvent.batchSet', { batch: 'resolve', ...values });
    case 'recorded':
    case 'dispatched':
    case 'accepted':
    case 'onScene':
    case 'acted':
    case 'closed':
    case 'reopened':
    case 'riskMarked':
    case 'riskCleared':
    case 'consulted':
    case 'transferred':
    case 'merged':
    case 'unmerged':
    case 'voided':
    case 'campaignTagged':
    case 'campaignUntagged':
    case 'assignmentReturned':
    case 'extensionRejected':
      return t(`codes:caseEvent.${event.kind}`, values);
    default:
      return event.kind satisfies never;
  }
}
