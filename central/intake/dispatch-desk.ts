import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import type { AreaCollection } from '../../shared/geo/area.ts';
import { createVillageLocator } from '../../shared/geo/locate-village.ts';
import { createAddressDictionary } from '../../shared/model/address-dictionary.ts';
import { createCalendar, type WorkCalendar } from '../../shared/model/calendar.ts';
import { type DeadlineRule, deadlineRulesSchema, defaultDeadlineRules } from '../../shared/model/deadlines.ts';
import type { DispatchLookups } from '../../shared/model/dispatch.ts';
import type { Village } from '../../shared/model/register.ts';
import { readMeta } from '../db/meta.ts';
import { registerRevision, selectSettings } from '../db/register.ts';
import { selectRows } from '../db/rows.ts';

/** What a report is dispatched and dated by. */
export interface DispatchRules {
  lookups: DispatchLookups;
  villages: ReadonlyMap<string, Village>;
  /** Village of a grid's code. */
  villageOfGrid: ReadonlyMap<string, string>;
  deadlineRules: readonly DeadlineRule[];
  calendar: WorkCalendar;
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

async function load(pool: Pool, locate: DispatchLookups['locate']): Promise<DispatchRules> {
  const towns = await selectRows(pool, 'town', '');
  const villages = new Map((await selectRows(pool, 'village', '')).map((row) => [row.id, row]));
  const grids = await selectRows(pool, 'grid', '');
  const settings = await selectSettings(pool, ['deadlineRules', 'calendarCoverage']);
  const given = deadlineRulesSchema.safeParse(settings.get('deadlineRules'));
  const coverage = settings.get('calendarCoverage');
  return {
    villages,
    villageOfGrid: new Map(grids.map((row) => [row.id, row.villageCode])),
    lookups: {
      hasVillage: (code) => villages.has(code),
      // The drawing may know a village that the register has given up: then the point says nothing.
      locate: (lng, lat) => {
        const code = locate(lng, lat);
        return code !== null && villages.has(code) ? code : null;
      },
      dictionary: createAddressDictionary(
        towns.map(({ id, name }) => ({ code: id, name })),
        [...villages.values()].map(({ id, name, townCode }) => ({ code: id, name, townCode })),
      ),
    },
    deadlineRules: given.success ? given.data : defaultDeadlineRules,
    calendar: createCalendar(
      await selectRows(pool, 'calendarDay', ''),
      Array.isArray(coverage) ? coverage.map(Number) : null,
    ),
  };
}
