import { useTranslation } from 'react-i18next';
import { composeUrgeText } from '../../../shared/model/sms-text.ts';
import { formatDateTime, hourMs } from '../../../shared/time/shanghai.ts';
import { caseNo } from '../../data/case-no.ts';
import { useNow } from '../../data/clock.ts';
import { useStatus } from '../../data/use-status.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './urge.module.css';
import type { Urge } from './use-urge.ts';

/** The message as its first recipient will read it. The server writes the text in Chinese whatever the screen's language. */
export function SmsPreview({ urge }: { urge: Urge }) {
  const t = useWords('urge');
  const { i18n } = useTranslation();
  const status = useStatus();
  const now = useNow();
  const first = urge.cases?.find(({ caseId }) => caseId === urge.plan.send[0]);
  const row = first && urge.rows.get(first.caseId);
  const recipient = first?.recipients.find(({ postKind }) => !urge.without.has(postKind));
  if (!row || !recipient) return null;
  const template = String(i18n.getResource('zh-CN', 'sms', `urge.${urge.degree}`) ?? '');
  const text = composeUrgeText(template, {
    recipient: recipient.name,
    caseNo: caseNo(row.no, t),
    title: row.title,
    place: `${row.townName ?? ''}${row.villageName ?? ''}`,
    due: formatDateTime(row.dueAt),
    hours: String(Math.floor(Math.abs(now - row.dueAt) / hourMs)),
    sender: status?.operator?.name ?? '',
    note: urge.note.text.trim(),
  });
  return (
    <figure className={css.sms} data-testid="urge-sms">
      <figcaption>{t('smsPreview', { name: recipient.name })}</figcaption>
      <blockquote lang="zh-CN">{text}</blockquote>
    </figure>
  );
}
