import css from './state-glyph.module.css';

export type StateGlyphKind = 'overdue' | 'dueSoon' | 'open' | 'closed';
const shapes: Record<StateGlyphKind, string> = { overdue: '▲', dueSoon: '◐', open: '●', closed: '○' };

/** State as shape and colour; `label` says it in words for who sees neither. */
export function StateGlyph({ state, label }: { state: StateGlyphKind; label: string }) {
  return (
    <span role="img" aria-label={label} title={label} className={css.glyph} data-state={state}>
      {shapes[state]}
    </span>
  );
}
