import { type PostKind, postKindSchema, requiredPosts } from '../../../shared/model/codes.ts';
import { normalisePhone } from '../../../shared/model/phone.ts';
import type { Person } from '../../../shared/model/register.ts';
import { readRows, readRowsById } from '../rows.ts';
import type { ReadDb } from '../statements.ts';

/** Who holds a post of a village now; `person` null is a vacancy of a required post. */
export interface Holder {
  postKind: PostKind;
  rank: number;
  person: Person | null;
}

/** The 3+N of a village, in the order of 拨号's fallback: rank, then kind, then id. Required posts nobody holds stand at the end. */
export function readHolders(db: ReadDb, villageCode: string | null): Holder[] {
  if (villageCode === null) return [];
  const posts = readRows(db, 'post', 'WHERE village_code = :villageCode AND valid_to IS NULL ORDER BY rank, id', {
    villageCode,
  });
  const persons = readRowsById(
    db,
    'person',
    posts.map((post) => post.personId),
  );
  const order = (kind: PostKind) => postKindSchema.options.indexOf(kind);
  const held = posts
    .map((post) => ({ postKind: post.kind, rank: post.rank, person: persons.get(post.personId) ?? null }))
    .sort((a, b) => a.rank - b.rank || order(a.postKind) - order(b.postKind));
  const vacant = requiredPosts
    .filter((kind) => !held.some((holder) => holder.postKind === kind && holder.person !== null))
    .map((kind, index) => ({ postKind: kind, rank: 1000 + index, person: null }));
  return [...held.filter((holder) => holder.person !== null), ...vacant];
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
