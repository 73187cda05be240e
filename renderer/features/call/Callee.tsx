import { caseNo } from '../../data/case-no.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './call.module.css';
import type { CallState } from './use-call.ts';

/** Who is called about what, and whether a telephone took it. The record stands either way. */
export function Callee({ call }: { call: CallState }) {
  const t = useWords('call');
  const { detail, holder, handOff } = call;
  return (
    <div className={css.callee}>
      <p className={css.subject}>
        {detail?.case.title ?? ''} <span>{detail && caseNo(detail.case.no, t)}</span>
      </p>
      {call.call === null ? (
        call.failure === null && <p className={css.muted}>{t('starting')}</p>
      ) : (
        <>
          <p className={css.name} data-testid="call-person">
            {call.call.personName}
            <span>
              {holder && t(`codes:postKind.${holder.postKind}`)} {holder?.phone ?? ''}
            </span>
          </p>
          <p role="status" className={css.handOff} data-testid="call-handoff" data-state={handOff}>
            {t(`handOff.${handOff}`)}
          </p>
        </>
      )}
    </div>
  );
}
