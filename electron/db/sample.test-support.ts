import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { blankCase } from '../../shared/model/blank-case.ts';
import type { Case } from '../../shared/model/case.ts';
import type { CaseFilter } from '../../shared/model/case-filter.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import type { SyncRow, SyncTable } from '../../shared/protocol/tables.ts';
import { applyPage } from './apply-page.ts';
import { applySnapshotPart, beginSnapshot, endSnapshot } from './apply-snapshot.ts';
import { writeFact } from './meta.ts';
import { migrate } from './migrations/migrate.ts';
import { type ServerLine, serverLine } from './server-rows.ts';
import { WriteDb } from './statements.ts';

/** Synthetic rows for tests and benches: no real person, place names of the register. */
export const sampleInstant = Date.UTC(2023, 7, 21, 12);

/** A path for a replica in a folder of its own. */
export function scratchFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'replica-')), 'replica.db');
}

/** A replica that lives in memory only: for properties that need hundreds of them, where durability is not the question. */
export function memoryReplica(): WriteDb {
  const handle = new Database(':memory:');
  migrate(handle);
  return new WriteDb(handle);
}

export const sampleOperator: Operator = {
  id: 'op-1',
  username: 'dispatcher',
  name: '郑测试',
  role: 'dispatcher',
  townCode: null,
};

/** An open case of the register's village, recorded yesterday, due tomorrow. */
export function sampleCase(id: string, patch: Partial<Case> = {}): Case {
  return blankCase({
    id,
    rev: 1,
    no: `XY${id}`,
    source: 'grid',
    sourceNo: `G${id}`,
    category: 'neighbour',
    title: '枫亭镇霞桥村两户因排水沟发生纠纷',
    detail: '双方就屋后排水沟走向争执,村干部已到场劝解。',
    address: '霞桥村12号',
    lng: 118.86,
    lat: 25.24,
    positionKind: 'schematic',
    townCode: '350322100',
    villageCode: '350322100200',
    dispatchState: 'auto',
    dispatchChain: [{ step: 'villageCode', outcome: 'hit', evidence: '350322100200', villageCode: '350322100200' }],
    bindingVersion: 1,
    parties: [{ name: '林测试', phone: '13800000001' }],
    deadlineRule: 'default',
    dueAt: sampleInstant + 86_400_000,
    recordedAt: sampleInstant - 86_400_000,
    ...patch,
  });
}

/** What the desk asks for when nothing is chosen: the whole county, all time, all recorded cases. */
export const sampleFilter: CaseFilter = {
  scope: { level: 'county', code: '350322' },
  period: { from: null, to: null },
  metric: 'recorded',
  asOf: sampleInstant,
  sources: [],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  caseIds: null,
};

/** One town, one village, three people holding its three posts: the second has a number nobody can dial, the third none. */
export function sampleRegister(rev = 1): ServerLine[] {
  const village = '350322100200';
  const people = [
    { id: 'p-1', name: '陈测试', phone: '138 0000 0011' },
    { id: 'p-2', name: '吴测试', phone: 'abc' },
    { id: 'p-3', name: '黄测试', phone: null },
  ];
  const kinds = ['leadOfficial', 'partySecretary', 'communityPolice'] as const;
  const at = { rev, lng: 118.86, lat: 25.24 };
  return [
    line('setting', { id: 'urgeCooldownMinutes', rev, value: 30 }),
    line('town', { ...at, id: '350322100', name: '枫亭镇', kind: 'town' }),
    line('village', {
      ...at,
      id: village,
      name: '霞桥村',
      officialName: '霞桥村民委员会',
      kind: 'village',
      townCode: '350322100',
      tier: 'good',
      tierFrom: 0,
      departmentId: null,
      bindingVersion: 1,
      vacancies: [],
    }),
    ...people.map((person) => line('person', { ...person, rev, title: '', townCode: '350322100', synthetic: true })),
    ...kinds.map((kind, index) =>
      line('post', {
        id: `post-${index}`,
        rev,
        villageCode: village,
        kind,
        personId: `p-${index + 1}`,
        rank: index + 1,
        bindingVersion: 1,
        validFrom: 0,
        validTo: null,
      }),
    ),
  ];
}

export function line<T extends SyncTable>(table: T, row: SyncRow<T>): ServerLine {
  return serverLine({ t: 'row', table, data: row });
}

export function gone(table: SyncTable, id: string, rev: number): ServerLine {
  return { kind: 'gone', table, id, rev };
}

/** Fills an empty replica as a first sync does, at revision `at`, with the sample operator signed in. */
export function fill(db: WriteDb, lines: readonly ServerLine[], at = 1): void {
  writeFact(db, 'operator', sampleOperator);
  beginSnapshot(db, { epoch: 'epoch-1', at, total: lines.length });
  for (let start = 0; start < lines.length; start += 2000)
    applySnapshotPart(db, lines.slice(start, start + 2000), `mark-${start}`);
  endSnapshot(db, [], at);
}

export function feed(db: WriteDb, from: number, cursor: number, lines: readonly ServerLine[]) {
  return applyPage(db, { from, cursor, epoch: null, lines });
}
