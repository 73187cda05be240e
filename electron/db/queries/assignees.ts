import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { maskName } from '../../../shared/model/mask.ts';
import { seesPersonalData } from '../../../shared/model/permissions.ts';
import { readOperator } from '../meta.ts';
import { readRow, readRows } from '../rows.ts';
import { holdsWord } from '../search/terms.ts';
import type { ReadDb } from '../statements.ts';
import { normalise, termsOf } from '../text.ts';

type Assignees = QueryResult<'assignees'>;
type Leader = Assignees['leaders'][number];

/** A county leader: of no town, or in charge of a village (包村领导). */
const leaderSql = `WHERE town_code IS NULL OR id IN (SELECT person_id FROM post WHERE kind = 'leadOfficial' AND valid_to IS NULL)
  ORDER BY town_code IS NOT NULL, name, id`;

/**
 * Whom a case can be given to. Proposed by the register's links of its village: the paired department and whoever holds the post of 包村领导. Beside them all
 * departments and county leaders whose name, title or village holds every word, by characters, pinyin or initials.
 */
export function readAssignees(db: ReadDb, { caseId, text }: QueryArgs<'assignees'>): Assignees {
  const operator = readOperator(db);
  const plain = operator !== null && seesPersonalData(operator.role);
  const villageCode = readRow(db, 'case', caseId)?.villageCode ?? null;
  const village = villageCode === null ? null : readRow(db, 'village', villageCode);
  const terms = termsOf(text);
  const holds = (...names: string[]) =>
    terms.every((term) => names.some((name) => holdsWord(normalise(name), name, term)));
  const departments = readRows(db, 'department', 'ORDER BY name, id').map(({ id, name }) => ({ id, name }));
  const leads = villagesLed(db);
  const leaders = readRows(db, 'person', leaderSql).map(
    ({ id, name, title }): Leader => ({
      id,
      name: plain ? name : maskName(name),
      title,
      villages: (leads.get(id) ?? []).map((led) => led.name),
    }),
  );
  const paired = departments.find(({ id }) => id === village?.departmentId);
  const inCharge = leaders.filter(({ id }) => leads.get(id)?.some((led) => led.code === villageCode));
  return {
    villageName: village?.name ?? null,
    suggested: [
      ...(paired ? [{ kind: 'department' as const, basis: 'pairedDepartment' as const, ...paired }] : []),
      ...inCharge.map(({ id, name }) => ({ kind: 'leader' as const, basis: 'leadOfficial' as const, id, name })),
    ],
    departments: departments.filter(({ name }) => holds(name)),
    leaders: leaders.filter(({ name, title, villages }) => holds(name, title, ...villages)),
  };
}

/** Villages that each leader is in charge of now. */
function villagesLed(db: ReadDb): Map<string, { code: string; name: string }[]> {
  const led = new Map<string, { code: string; name: string }[]>();
  const rows = db.all<{ person: string; code: string; name: string }>(
    `SELECT p.person_id AS person, v.id AS code, v.name AS name FROM post p JOIN village v ON v.id = p.village_code
     WHERE p.kind = 'leadOfficial' AND p.valid_to IS NULL ORDER BY p.rank, p.id`,
  );
  for (const { person, code, name } of rows) {
    const known = led.get(person);
    if (known) known.push({ code, name });
    else led.set(person, [{ code, name }]);
  }
  return led;
}
