import { createLogger } from '../../central/logger.ts';
import { demoIntakeKey } from '../../central/prepare-seed.ts';
import { isEmpty, loadSeed } from '../../central/seed-load.ts';
import { type CentralOptions, createCentral, type RunningCentral } from '../../central/server.ts';
import type { Clock } from '../../shared/clock.ts';
import { blankCase } from '../../shared/model/blank-case.ts';
import type { Case } from '../../shared/model/case.ts';
import type { Person, Town, Village } from '../../shared/model/register.ts';
import { dayMs } from '../../shared/time/shanghai.ts';

/** Monday 2023-08-21 20:00 (+08:00). */
export const evening = Date.UTC(2023, 7, 21, 12);
export const password = 'xianyou-demo';
export const intakeKey = demoIntakeKey;

/** A clock that stands until it is set. */
export class SetClock implements Clock {
  at = evening;
  now(): number {
    return this.at;
  }
}

const town = (id: string, name: string): Town => ({ id, rev: 0, name, kind: 'town', lng: 118.8, lat: 25.2 });
export const towns = [town('350322100', '枫亭镇'), town('350322101', '榜头镇')];
const village = (id: string, name: string): Village => ({
  id,
  rev: 0,
  name,
  officialName: `${name}委会`,
  kind: 'village',
  townCode: id.slice(0, 9),
  lng: 118.8,
  lat: 25.2,
  tier: 'good',
  tierFrom: evening - 100 * dayMs,
  departmentId: null,
  bindingVersion: 3,
  vacancies: [],
});
export const fengting = village('350322100201', '秀峰村');
export const bangtou = village('350322101201', '泉山村');

const person = (id: string, phone: string | null): Person => ({
  id,
  rev: 0,
  name: `测试${id}`,
  phone,
  title: '网格长',
  townCode: null,
  synthetic: true,
});
/** One person a way of writing a number. */
export const persons = {
  plain: person('person-plain', '16112345678'),
  spaced: person('person-spaced', '161 1234 5679'),
  slash: person('person-slash', '16112345670/16112345671'),
  country: person('person-country', '+86 161-1234-5672'),
  letters: person('person-letters', '待补'),
  none: person('person-none', null),
};

export function openCase(id: string, place: Village | null = fengting): Case {
  return blankCase({
    id,
    no: `XY-2023-08-${id}`,
    source: 'grid',
    sourceNo: `grid-${id}`,
    category: 'neighbour',
    title: '邻里排水纠纷',
    recordedAt: evening - 2 * dayMs,
    dueAt: evening + 5 * dayMs,
    deadlineRule: 'general',
    villageCode: place?.id ?? null,
    townCode: place?.townCode ?? null,
    dispatchState: place ? 'auto' : 'pending',
    bindingVersion: place ? 3 : null,
  });
}

const account = (username: string, role: 'dispatcher' | 'townClerk' | 'admin', townCode: string | null = null) => ({
  id: `operator-${username}`,
  username,
  password,
  name: `测试${username}`,
  role,
  townCode,
});

/** A central server on `databaseUrl`; an empty database gets two towns, six people and the cases. */
export async function startSmallCounty(
  databaseUrl: string,
  cases: readonly Case[],
  options: Partial<CentralOptions> = {},
): Promise<RunningCentral & { clock: SetClock }> {
  const clock = new SetClock();
  const running = await createCentral({
    databaseUrl,
    clock,
    log: createLogger('silent'),
    prepare: async (pool) => {
      if (!(await isEmpty(pool))) return;
      await loadSeed(
        pool,
        {
          chunks: [
            { table: 'town', rows: towns },
            { table: 'village', rows: [fengting, bangtou] },
            { table: 'grid', rows: [{ id: 'grid-1', rev: 0, villageCode: fengting.id, name: '第一网格' }] },
            { table: 'person', rows: Object.values(persons) },
            { table: 'case', rows: cases },
          ],
          accounts: [
            account('dispatcher', 'dispatcher'),
            account('clerk', 'townClerk', '350322100'),
            account('admin', 'admin'),
          ],
          intakeKeys: [{ source: '*', key: intakeKey }],
        },
        () => undefined,
      );
    },
    ...options,
  });
  return { ...running, clock };
}
