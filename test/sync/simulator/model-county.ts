import { blankCase } from '../../../shared/model/blank-case.ts';
import type { Case } from '../../../shared/model/case.ts';
import type { Operator } from '../../../shared/protocol/auth.ts';
import type { SyncTable } from '../../../shared/protocol/tables.ts';

/** Monday 2023-08-21 20:00 (+08:00). */
export const evening = Date.UTC(2023, 7, 21, 12);
const dayMs = 86_400_000;
const village = '350322100201';
export const personIds = ['person-a', 'person-b', 'person-c'];

export function deskOperator(n: number): Operator {
  return { id: `operator-${n}`, username: `desk-${n}`, name: `测试${n}`, role: 'dispatcher', townCode: null };
}

export function countyCase(n: number, rev: number): Case {
  const id = `case-${String(n).padStart(3, '0')}`;
  return blankCase({
    id,
    rev,
    no: `XY-${id}`,
    source: 'grid',
    sourceNo: id,
    category: 'neighbour',
    title: '邻里排水纠纷',
    recordedAt: evening - 2 * dayMs,
    dueAt: evening + 5 * dayMs,
    deadlineRule: 'general',
    townCode: village.slice(0, 9),
    villageCode: village,
    dispatchState: 'auto',
    bindingVersion: 1,
  });
}

type Row = { id: string; rev: number };
/** A county of one village, three people (one without a number) and `cases` cases, all of revision 1. */
export function countyRows(cases: number): { table: SyncTable; row: Row }[] {
  const place = { rev: 1, lng: 118.8, lat: 25.2 };
  const town: Row & object = { ...place, id: village.slice(0, 9), name: '枫亭镇', kind: 'town' } as Row;
  const home = {
    ...place,
    id: village,
    name: '秀峰村',
    officialName: '秀峰村委会',
    kind: 'village',
    townCode: village.slice(0, 9),
    tier: 'good',
    tierFrom: evening - 100 * dayMs,
    departmentId: null,
    bindingVersion: 1,
    vacancies: [],
  } as Row;
  const people = personIds.map((id, index) => {
    const phone = index === 2 ? null : `1611234567${index}`;
    return { id, rev: 1, name: `测试${id}`, phone, title: '网格长', townCode: null, synthetic: true } as Row;
  });
  return [
    { table: 'town', row: town },
    { table: 'village', row: home },
    ...people.map((row) => ({ table: 'person', row }) as const),
    ...Array.from({ length: cases }, (_, n) => ({ table: 'case', row: countyCase(n, 1) }) as const),
  ];
}
