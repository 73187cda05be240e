import Database from 'better-sqlite3';
import type { Scope } from '../../../scripts/local/scope.ts';
import { type Figure, figure, medianFigure } from '../figures.ts';
import { asOf, copyReplica, removeReplica } from './county.ts';
import { startSide } from './wire.ts';

const lotSize = 500;
const lots = 5;
const coolDownMs = 3_600_000;

/** 500 cases urged at once, five times, each time others, on a copy of the replica that no sync loop empties meanwhile. */
export async function measureUrge(file: string, scope: Scope): Promise<Figure[]> {
  const copy = `${file}.urge`;
  scope.defer(() => removeReplica(copy));
  await copyReplica(file, copy);
  const source = new Database(copy, { readonly: true });
  const ids = source
    .prepare(
      `SELECT id FROM cases WHERE closed_at IS NULL AND merged_into_id IS NULL AND voided_at IS NULL AND village_code IS NOT NULL
       AND COALESCE(last_urged_at, 0) < ? ORDER BY updated_at DESC, n LIMIT ?`,
    )
    .pluck()
    .all(asOf - coolDownMs, lotSize * lots) as string[];
  source.close();
  const size = Math.min(lotSize, Math.floor(ids.length / lots));
  const writer = startSide(scope);
  await writer.call('openWriter', copy);
  const { ms, afterMs, queued } = await writer.call(
    'urge',
    Array.from({ length: lots }, (_, lot) => ids.slice(lot * size, (lot + 1) * size)),
  );
  await writer.call('close');
  await writer.close();
  await removeReplica(copy);
  if (queued !== size) throw new Error(`${queued} of ${size} cases took the urging`);
  const found = medianFigure(
    'urge500.ms',
    'ms',
    ms,
    `${size} cases a transaction, on the disk, its commands in the side file too`,
  );
  return [
    { ...found, goal: 150, met: found.value <= 150 && size === lotSize },
    figure('urge500.afterMaxMs', 'ms', afterMs, { note: 'busy after the answer, folding the log' }),
  ];
}
