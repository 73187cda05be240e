import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import type { AreaCollection } from '../../shared/geo/area.ts';
import { createVillageLocator } from '../../shared/geo/locate-village.ts';
import { type RecordingRules, type RecordingSources, recordingRules } from '../../shared/model/recording.ts';
import { readMeta } from '../db/meta.ts';
import { registerRevision, selectSettings } from '../db/register.ts';
import { selectRows } from '../db/rows.ts';

/** What a report is dispatched and dated by. */
export interface DispatchRules extends RecordingRules {
  /** Village of a grid's code. */
  villageOfGrid: ReadonlyMap<string, string>;
}
export interface DispatchDesk {
  rules(): Promise<DispatchRules>;
}

/** Keeps the register in memory in the form that dispatch needs; a change of register, calendar or settings is noticed by its revision. */
export function createDispatchDesk(pool: Pool): DispatchDesk {
  const areas = JSON.parse(
    readFileSync(new URL('../../resources/geo/villages.geojson', import.meta.url), 'utf8'),
  ) as AreaCollection;
  const locate = createVillageLocator(areas);
  let known: { key: string; rules: Promise<DispatchRules> } | null = null;
  return {
    async rules() {
      const key = `${(await readMeta(pool)).epoch}:${await registerRevision(pool)}`;
      if (known?.key === key) return known.rules;
      const rules = load(pool, locate);
      known = { key, rules };
      rules.catch(() => {
        known = null;
      });
      return rules;
    },
  };
}

async function load(pool: Pool, locate: RecordingSources['locate']): Promise<DispatchRules> {
  const grids = await selectRows(pool, 'grid', '');
  const settings = await selectSettings(pool, ['deadlineRules', 'calendarCoverage']);
  return {
    villageOfGrid: new Map(grids.map((row) => [row.id, row.villageCode])),
    ...recordingRules({
      towns: await selectRows(pool, 'town', ''),
      villages: await selectRows(pool, 'village', ''),
      days: await selectRows(pool, 'calendarDay', ''),
      deadlineRules: settings.get('deadlineRules'),
      coverage: settings.get('calendarCoverage'),
      locate,
    }),
  };
}
