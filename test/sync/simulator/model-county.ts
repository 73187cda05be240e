import { blankCase } from '../../../shared/model/blank-case.ts';
import type { Case } from '../../../shared/model/case.ts';
import type { SyncTable } from '../../../shared/protocol/tables.ts';

/** Monday 2023-08-21 20:00 (+08:00). */
export const evening = Date.UTC(2023, 7, 21, 12);
const dayMs = 86_400_000;
const villages = ['350322100201', '350322101201'] as const;
export const towns = villages.map((code) => code.slice(0, 9));
/** The third has no number; the fourth belongs to the first town. */
export const personIds = ['person-a', 'person-b', 'person-c', 'person-d'];

/** Every third case lies in the second town. */
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
    ...placeOf(n % 3 === 2 ? 1 : 0),
    dispatchState: 'auto',
    bindingVersion: 1,
  });
}

/** Where a case of the first (0) or the second (1) town lies. */
export function placeOf(town: 0 | 1) {
  const villageCode = villages[town];
  return { townCode: villageCode.slice(0, 9), villageCode };
}

type Row = { id: string; rev: number };
/** A county of two towns with a village each, four people and `cases` cases, all of revision 1. */
export function countyRows(cases: number): { table: SyncTable; row: Row }[] {
  const place = { rev: 1, lng: 118.8, lat: 25.2 };
  const homes = villages.flatMap((id, n) => {
    const townCode = id.slice(0, 9);
    const town = { ...place, id: townCode, name: `测试镇${n}`, kind: 'town' } as Row;
    const village = {
      ...place,
      id,
      name: `测试村${n}`,
      officialName: `测试村${n}委会`,
      kind: 'village',
      townCode,
      tier: 'good',
      tierFrom: evening - 100 * dayMs,
      departmentId: null,
      bindingVersion: 1,
      vacancies: [],
    } as Row;
    return [{ table: 'town', row: town } as const, { table: 'village', row: village } as const];
  });
  const people = personIds.map((id, index) => {
    const phone = index === 2 ? null : `1611234567${index}`;
    const townCode = index === 3 ? villages[0].slice(0, 9) : null;
    return { id, rev: 1, name: `测试${id}`, phone, title: '网格长', townCode, synthetic: true } as Row;
  });
  return [
    ...homes,
    ...people.map((row) => ({ table: 'person', row }) as const),
    ...Array.from({ length: cases }, (_, n) => ({ table: 'case', row: countyCase(n, 1) }) as const),
  ];
}
