import type { MouseEvent } from 'react';

/**
 * Roles of a virtual grid. Its rows are placed by pixels, which no <table> allows, so roles are given by hand; the grid has the focus and names the
 * row under the cursor (aria-activedescendant), so rows and cells take none, and what a click does the grid's keys do too.
 */
export function gridRole(label: string, rows: number, active: string | undefined, busy: boolean) {
  return {
    role: 'grid',
    'aria-label': label,
    tabIndex: 0,
    'aria-rowcount': rows,
    'aria-multiselectable': true,
    'aria-activedescendant': active,
    'aria-busy': busy,
  } as const;
}
export const rowGroupRole = { role: 'rowgroup' } as const;
/** `index` from 0 among all rows, also those not drawn. */
export function rowRole(index: number, selected?: boolean, onClick?: (event: MouseEvent) => void) {
  return { role: 'row', 'aria-rowindex': index + 1, 'aria-selected': selected, onClick } as const;
}
export const cellRole = { role: 'gridcell' } as const;

/** Roles of a list of which one line is chosen: the list has the focus and the keys, as above. */
export function listboxRole(label: string, active: string) {
  return { role: 'listbox', 'aria-label': label, tabIndex: 0, 'aria-activedescendant': active } as const;
}
export function optionRole(selected: boolean, onClick: () => void) {
  return { role: 'option', 'aria-selected': selected, onClick } as const;
}

/** A part that scrolls by itself and may hold nothing to press: the keyboard reaches it. */
export function scrollRole(label: string) {
  return { role: 'region', 'aria-label': label, tabIndex: 0 } as const;
}
