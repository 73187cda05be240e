import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { readRows } from '../rows.ts';
import type { ReadDb } from '../statements.ts';

/** Everything that names things. */
export function readRegister(db: ReadDb): QueryResult<'register'> {
  const settings = readRows(db, 'setting', 'ORDER BY id');
  return {
    towns: readRows(db, 'town', 'ORDER BY id'),
    villages: readRows(db, 'village', 'ORDER BY id'),
    campaigns: readRows(db, 'campaign', 'ORDER BY id'),
    settings: Object.fromEntries(settings.map((setting) => [setting.id, setting.value])),
  };
}
