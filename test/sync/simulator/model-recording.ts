import { readFileSync } from 'node:fs';
import type { AreaCollection } from '../../../shared/geo/area.ts';
import { createVillageLocator } from '../../../shared/geo/locate-village.ts';
import type { Case } from '../../../shared/model/case.ts';
import type { Effects } from '../../../shared/model/effects.ts';
import { type RecordingRules, type RecordingSources, recordingRules } from '../../../shared/model/recording.ts';
import type { WireCommand } from '../../../shared/protocol/commands.ts';
import type { SyncRow, SyncTable } from '../../../shared/protocol/tables.ts';
import { dateKey } from '../../../shared/time/shanghai.ts';
import { type ModelState, rowsOf } from './model-state.ts';

let locator: RecordingSources['locate'] | null = null;

/** Read with the first report that has a point: no desk of the simulator gives one. */
function locate(lng: number, lat: number): string | null {
  const file = new URL('../../../resources/geo/villages.geojson', import.meta.url);
  locator ??= createVillageLocator(JSON.parse(readFileSync(file, 'utf8')) as AreaCollection);
  return locator(lng, lat);
}

/** What the server places and dates a report by. */
export function countyRules(state: ModelState): RecordingRules {
  const all = <T extends SyncTable>(table: T) => [...rowsOf(state, table).values()] as unknown as SyncRow<T>[];
  const setting = (id: string) => all('setting').find((row) => row.id === id)?.value;
  return recordingRules({
    towns: all('town'),
    villages: all('village'),
    days: all('calendarDay'),
    deadlineRules: setting('deadlineRules'),
    coverage: setting('calendarCoverage'),
    locate,
  });
}

const receiptOf = ({ source, sourceNo }: Pick<Case, 'source' | 'sourceNo'>) => `${source} ${sourceNo}`;

/** Number of the case that the source's number has become before. */
export function knownNo(state: ModelState, { args }: WireCommand): string | null {
  const { source, sourceNo = '' }: { source?: string; sourceNo?: string } = Object(args);
  if (typeof sourceNo !== 'string' || sourceNo.trim() === '') return null;
  const caseId = state.receipts.get(receiptOf({ source: source as Case['source'], sourceNo: sourceNo.trim() }));
  return (rowsOf(state, 'case').get(caseId ?? '') as Case | undefined)?.no ?? null;
}

/** Gives a new case its number, and keeps what its source's number has become. */
export function number(state: ModelState, effects: Effects): void {
  const month = dateKey(effects.case.recordedAt).slice(0, 7);
  const prefix = `XY-${month}-`;
  const taken = ([...rowsOf(state, 'case').values()] as Case[]).flatMap(({ no }) =>
    no.startsWith(prefix) && /^\d{1,9}$/.test(no.slice(prefix.length)) ? [Number(no.slice(prefix.length))] : [],
  );
  const last = (state.counters.get(month) ?? Math.max(0, ...taken)) + 1;
  state.counters.set(month, last);
  effects.case = { ...effects.case, no: `${prefix}${String(last).padStart(4, '0')}` };
  if (effects.case.sourceNo !== '') state.receipts.set(receiptOf(effects.case), effects.case.id);
}
