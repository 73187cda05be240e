import { ActionIcon } from '@mantine/core';
import { IconCheck, IconClock, IconMail, IconPhone } from '@tabler/icons-react';
import { type MouseEvent, memo } from 'react';
import type { CaseRow } from '../../../shared/model/case-view.ts';
import { dueStateOf } from '../../../shared/model/due-state.ts';
import { caseNo } from '../../data/case-no.ts';
import { cellRole, rowRole } from '../../ui/grid-roles.ts';
import { StateGlyph } from '../../ui/StateGlyph.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './queue.module.css';
import { dueLabel, dueTitle, progressLabel } from './row-facts.ts';

interface Props {
  row: CaseRow;
  index: number;
  now: number;
  focused: boolean;
  chosen: boolean;
  top: number;
  onPress(event: MouseEvent, index: number): void;
  onChoose(index: number): void;
  onDial(caseId: string): void;
  onUrge(caseId: string): void;
}

/** One case of the queue: what, where, since when late, and whether somebody is on it. */
export const QueueRow = memo(function QueueRow(props: Props) {
  const { row, index, now, focused, chosen, top } = props;
  const t = useWords('queue');
  const state = dueStateOf(row, now);
  const no = caseNo(row.no, t);
  return (
    <div
      {...rowRole(index, chosen, (event) => props.onPress(event, index))}
      id={`queue-row-${row.id}`}
      data-testid="queue-row"
      data-case-id={row.id}
      data-focused={focused || undefined}
      className={css.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span {...cellRole} className={css.glyph}>
        <button
          type="button"
          tabIndex={-1}
          className={css.choose}
          aria-label={t('row.choose', { no })}
          aria-pressed={chosen}
          onClick={(event) => {
            event.stopPropagation();
            props.onChoose(index);
          }}
        >
          {chosen ? <IconCheck size={16} stroke={2.5} /> : <StateGlyph state={state} label={t(`state.${state}`)} />}
        </button>
      </span>
      <span {...cellRole} className={css.main}>
        <span className={css.line1}>
          <b title={row.title}>{row.title}</b>
          {row.highRisk && <em className={css.risk}>{t('row.highRisk')}</em>}
        </span>
        <span className={css.line2}>
          {row.no === '' && <span data-testid="no-number">{no}</span>}
          <span className={css.place}>
            {row.townName === null
              ? t('row.noPlace')
              : [row.townName, row.villageName].filter((name) => name !== null).join(' · ')}
          </span>
          <span>{t(`codes:source.${row.source}`)}</span>
          <span>{t(`codes:category.${row.category}`)}</span>
        </span>
      </span>
      <span {...cellRole} className={css.actions}>
        <span>
          <ActionIcon
            variant="default"
            tabIndex={-1}
            aria-label={t('row.dial', { no })}
            title={`${t('action.dial')} D`}
            onClick={(event) => {
              event.stopPropagation();
              props.onDial(row.id);
            }}
          >
            <IconPhone size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            tabIndex={-1}
            disabled={row.closedAt !== null}
            aria-label={t('row.urge', { no })}
            title={`${t('action.urge')} U`}
            onClick={(event) => {
              event.stopPropagation();
              props.onUrge(row.id);
            }}
          >
            <IconMail size={16} />
          </ActionIcon>
        </span>
      </span>
      <span {...cellRole} className={css.side}>
        <span className={css.due} data-state={state} title={dueTitle(row, t)}>
          {dueLabel(row, now, t)}
        </span>
        <span className={css.progress}>
          {row.pendingCommands > 0 && (
            <span className={css.pending} data-testid="pending-mark" title={t('row.pending')}>
              <IconClock size={13} aria-label={t('row.pending')} />
            </span>
          )}
          {progressLabel(row, now, t)}
        </span>
      </span>
    </div>
  );
});
