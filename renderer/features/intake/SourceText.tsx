import { Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { type ReadField, readReport } from '../../../shared/model/intake-text/read-report.ts';
import { scrollRole } from '../../ui/grid-roles.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './intake.module.css';

/** The form's field that a stretch filled. */
const fieldOf: Record<ReadField, string> = {
  sourceNo: 'sourceNo',
  title: 'title',
  detail: 'detail',
  address: 'address',
  reporterName: 'parties',
  reporterPhone: 'parties',
  otherParty: 'parties',
  recordedAt: 'recordedAt',
  category: 'category',
  link: 'link',
};

interface Props {
  pasted: string;
  /** Field under the hand: its stretches stand out. */
  field: string | null;
  onPaste(text: string): void;
  onForget(): void;
  onField(field: string): void;
}

/** The pasted text with what was recognised, each stretch leading to its field; before that the place to paste it. */
export function SourceText({ pasted, field, onPaste, onForget, onField }: Props) {
  const t = useWords('intake');
  const read = useMemo(() => (pasted === '' ? null : readReport(pasted)), [pasted]);
  if (!read)
    return (
      <Textarea
        className={css.paste}
        label={t('paste.label')}
        placeholder={t('paste.placeholder')}
        data-testid="intake-paste"
        minRows={4}
        maxRows={4}
        autosize
        value=""
        onChange={(event) => event.currentTarget.value.trim() !== '' && onPaste(event.currentTarget.value)}
      />
    );
  const parts: { from: number; to: number; field: ReadField | null }[] = [];
  let at = 0;
  for (const span of read.spans) {
    if (span.from > at) parts.push({ from: at, to: span.from, field: null });
    parts.push(span);
    at = span.to;
  }
  if (at < read.text.length) parts.push({ from: at, to: read.text.length, field: null });
  return (
    <div className={css.source}>
      <div>
        <h3>{t('paste.read')}</h3>
        <button type="button" className={css.link} onClick={onForget} data-testid="intake-forget">
          {t('paste.forget')}
        </button>
      </div>
      <div className={css.text} data-testid="intake-source" {...scrollRole(t('paste.read'))}>
        {parts.map((part) => {
          const words = read.text.slice(part.from, part.to);
          if (part.field === null) return <span key={part.from}>{words}</span>;
          const target = fieldOf[part.field];
          return (
            <mark key={part.from} data-field-mark={target} data-under={target === field || undefined}>
              <button
                type="button"
                tabIndex={-1}
                aria-label={t('paste.span', { field: t(`field.${target}`), text: words.slice(0, 60) })}
                title={t(`field.${target}`)}
                onClick={() => onField(target)}
              >
                {words}
              </button>
            </mark>
          );
        })}
      </div>
      <p className={css.hint}>{t('paste.hint')}</p>
    </div>
  );
}
