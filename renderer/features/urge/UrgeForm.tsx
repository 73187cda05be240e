import { Button, Checkbox } from '@mantine/core';
import { type UrgeDegree, urgeDegreeSchema } from '../../../shared/model/codes.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import { caseNo } from '../../data/case-no.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { Choices } from '../../ui/Choices.tsx';
import { DialogAlert, DialogFoot, DialogForm } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { NoteField } from '../../ui/NoteField.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import { RefusedList } from './RefusedList.tsx';
import { SmsPreview } from './SmsPreview.tsx';
import css from './urge.module.css';
import { type Instead, type Sent, type Urge, urgeLimit, useUrge } from './use-urge.ts';

interface Props {
  caseIds: readonly string[];
  instead: Instead | undefined;
  onClose(): void;
  /** Everything was taken. */
  onSent(sent: Sent): void;
}

/** Degree, recipients, note, the text as it will be read; Enter sends. */
export function UrgeForm({ caseIds, instead, onClose, onSent }: Props) {
  const t = useWords('urge');
  const urge = useUrge(caseIds, instead);
  const { plan, degree, setDegree, ready } = urge;
  const send = () => void urge.send(onSent);
  useHotkeys('dialog', {
    '1': () => setDegree('yellow'),
    '2': () => setDegree('orange'),
    '3': () => setDegree('red'),
    Enter: send,
    'Ctrl+Enter': send,
  });
  return (
    <DialogForm testId="urge-dialog">
      <Subject urge={urge} />
      <Choices<UrgeDegree>
        label={t('degree')}
        pressed={[degree]}
        onPress={setDegree}
        options={urgeDegreeSchema.options.map((value, index) => ({
          value,
          text: t(`codes:urgeDegree.${value}`),
          hint: String(index + 1),
          testId: `urge-degree-${value}`,
        }))}
      />
      <Choices
        label={t('recipients', { n: formatCount(plan.messages) })}
        pressed={plan.posts.map(({ kind }) => kind).filter((kind) => !urge.without.has(kind))}
        onPress={urge.leaveOut}
        options={plan.posts.map(({ kind, people }) => ({
          value: kind,
          text: t('post', { post: t(`codes:postKind.${kind}`), n: formatCount(people) }),
          testId: `urge-post-${kind}`,
        }))}
      />
      <NoteField
        label={t('note')}
        placeholder={t('notePlaceholder')}
        testId="urge-note"
        maxLength={500}
        rows={[1, 4]}
        value={urge.note.text}
        onWrite={urge.note.write}
        onConfirm={send}
      />
      <SmsPreview urge={urge} />
      <CoolDown urge={urge} />
      <RefusedList urge={urge} />
      {urge.tooMany && <DialogAlert>{t('tooMany', { n: formatCount(caseIds.length), limit: urgeLimit })}</DialogAlert>}
      {urge.failure && <DialogAlert>{failureText(urge.failure, t)}</DialogAlert>}
      <DialogFoot hint={t(undoOf('urgeResponsibles', plan.send.length) === 'irrevocable' ? 'irrevocable' : 'undo')}>
        <Button variant="default" onClick={onClose}>
          {urge.answer === null ? t('cancel') : t('done')}
        </Button>
        {urge.answer === null && (
          <Button
            data-testid="urge-confirm"
            data-autofocus
            aria-disabled={!ready}
            loading={urge.running}
            onClick={send}
          >
            {t(urge.again && plan.cooling.length > 0 ? 'sendAgain' : 'send')}&nbsp;<kbd>Enter</kbd>
          </Button>
        )}
      </DialogFoot>
    </DialogForm>
  );
}

function Subject({ urge }: { urge: Urge }) {
  const t = useWords('urge');
  const { send } = urge.plan;
  const row = urge.rows.get(send[0] ?? urge.cases?.[0]?.caseId ?? '');
  if (!row) return <p className={css.subject}>&nbsp;</p>;
  return (
    <p className={css.subject}>
      <b>{row.title}</b> <span>{caseNo(row.no, t)}</span>
      {send.length > 1 && <span> {t('andOthers', { n: formatCount(send.length) })}</span>}
    </p>
  );
}

/** Asks before somebody is reminded twice in a short while. */
function CoolDown({ urge }: { urge: Urge }) {
  const t = useWords('urge');
  const { cooling } = urge.plan;
  if (cooling.length === 0) return null;
  const minutes = Math.min(...cooling.map(({ minutesAgo }) => minutesAgo));
  const only = (urge.cases?.length ?? 0) === 1;
  return (
    <div className={css.cool} role="alert" data-testid="urge-cooldown">
      <p>
        {t(`cool.${only ? 'one' : 'many'}${minutes === 0 ? 'Now' : ''}`, { n: formatCount(cooling.length), minutes })}
      </p>
      {!only && (
        <Checkbox
          size="xs"
          label={t('cool.again')}
          checked={urge.again}
          onChange={(event) => urge.setAgain(event.currentTarget.checked)}
        />
      )}
    </div>
  );
}
