import { type PostKind, postKindSchema, requiredPosts } from '../../../shared/model/codes.ts';
import { normalisePhone } from '../../../shared/model/phone.ts';
import type { Person } from '../../../shared/model/register.ts';
import { rowOfValues, valueColumns } from '../rows.ts';
import type { ReadDb, Value } from '../statements.ts';

/** Who holds a post of a village now; `person` null is a vacancy of a required post. */
export interface Holder {
  postKind: PostKind;
  rank: number;
  person: Person | null;
}

const holdersSql = `SELECT post.kind, post.rank, ${valueColumns('person')} FROM post JOIN person ON person.id = post.person_id
  WHERE post.village_code = :villageCode AND post.valid_to IS NULL ORDER BY post.rank, post.id`;

/** The 3+N of a village, in the order of 拨号's fallback: rank, then kind, then id. Required posts nobody holds stand at the end. */
export function readHolders(db: ReadDb, villageCode: string | null): Holder[] {
  if (villageCode === null) return [];
  // One question for both: an urging of hundreds looks up hundreds of villages.
  const order = (kind: PostKind) => postKindSchema.options.indexOf(kind);
  const held = db
    .rows<[PostKind, number, ...Value[]]>(holdersSql, { villageCode })
    .map(([postKind, rank, ...person]): Holder => ({ postKind, rank, person: rowOfValues('person', person) }))
    .sort((a, b) => a.rank - b.rank || order(a.postKind) - order(b.postKind));
  const vacant = requiredPosts
    .filter((kind) => !held.some((holder) => holder.postKind === kind))
    .map((kind, index) => ({ postKind: kind, rank: 1000 + index, person: null }));
  return [...held, ...vacant];
}

/** Persons among the holders, each once, the first post counting. */
export function personsOf(holders: readonly Holder[]): { person: Person; postKind: PostKind }[] {
  const seen = new Map<string, { person: Person; postKind: PostKind }>();
  for (const { person, postKind } of holders)
    if (person && !seen.has(person.id)) seen.set(person.id, { person, postKind });
  return [...seen.values()];
}

/** Address for the telephone; null when there is no usable number. */
export function dialUri(person: Person): string | null {
  if (person.phone === null) return null;
  const number = normalisePhone(person.phone);
  return number.ok ? number.uri : null;
}
