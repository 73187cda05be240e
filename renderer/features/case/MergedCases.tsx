import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import own from './case-steps.module.css';

/** The cases merged into this one. The one it is merged into stands among the notices. */
export function MergedCases({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const { mergedHere } = detail.work;
  if (mergedHere.length === 0) return null;
  return (
    <section aria-label={t('merged.here')} data-testid="merged-here">
      <h3 className={css.heading}>{t('merged.here')}</h3>
      <div className={own.merged}>
        {mergedHere.map((one) => (
          <CaseLink key={one.id} one={one} />
        ))}
      </div>
    </section>
  );
}

export function CaseLink({ one }: { one: { id: string; no: string; title: string } }) {
  const open = () => useDesk.getState().set({ openCaseId: one.id, focusedCaseId: one.id });
  return (
    <button type="button" className={css.link} data-testid="case-link" data-case-id={one.id} onClick={open}>
      {one.title} <code>{one.no}</code>
    </button>
  );
}
