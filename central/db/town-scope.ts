import type { SyncTable } from '../../shared/protocol/tables.ts';

/** Whose rows travel: one town's (its code), or null for all of the county. */
export type Town = string | null;

/**
 * ` AND …`: the condition that keeps a table's rows to a town; empty where everybody may hold them. Binds the town behind `values`. Cases and what hangs
 * on them: the town's own. People: the town's own and county staff. The rest of the register is public.
 */
export function andInTown(table: SyncTable, town: Town, values: unknown[]): string {
  if (town === null) return '';
  const bind = () => `$${values.push(town)}`;
  switch (table) {
    case 'case':
      return ` AND town_code = ${bind()}`;
    case 'caseEvent':
    case 'call':
    case 'message':
    case 'consultation':
    case 'extension':
    case 'escalation':
    case 'assignment':
      return ` AND EXISTS (SELECT 1 FROM cases WHERE cases.id = case_id AND cases.town_code = ${bind()})`;
    case 'person':
      return ` AND (town_code = ${bind()} OR town_code IS NULL)`;
    case 'setting':
    case 'calendarDay':
    case 'town':
    case 'village':
    case 'grid':
    case 'department':
    case 'post':
    case 'campaign':
      return '';
    default:
      return table satisfies never;
  }
}
