import type { Pool } from 'pg';
import type { z } from 'zod';
import { type PostKind, requiredPosts } from '../../shared/model/codes.ts';
import type { Post, Village } from '../../shared/model/register.ts';
import { inRevision } from './in-revision.ts';
import { type Queryable, selectRows } from './rows.ts';

/** Newest revision of anything that dispatch and deadlines go by; also counts what is gone. */
export async function registerRevision(db: Queryable): Promise<number> {
  const parts = ['setting', 'calendar_day', 'town', 'village', 'grid'].map(
    (table) => `SELECT max(rev) AS rev FROM ${table}`,
  );
  const found = await db.query<{ rev: number | null }>(
    `SELECT max(rev) AS rev FROM (${parts.join(' UNION ALL ')} UNION ALL SELECT max(rev) FROM tombstone) AS parts`,
  );
  return found.rows[0]?.rev ?? 0;
}

export async function selectSettings(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, z.core.util.JSONType>> {
  const rows = await selectRows(db, 'setting', 'WHERE id = ANY($1)', [ids]);
  return new Map(rows.map((row) => [row.id, row.value]));
}

/** One change of a village's 3+N posts. `personId` null leaves the post vacant. */
export interface PostChange {
  villageCode: string;
  kind: PostKind;
  rank: number;
  personId: string | null;
}
export type PostChangeResult = { ok: true; village: Village } | { ok: false; field: 'villageCode' | 'personId' };

/**
 * Gives a post to a person or leaves it vacant. Whoever held it keeps the row with its end, the village's binding version grows by one and its
 * vacancies are counted anew, all in one revision. `newId` names the new post row.
 */
export async function changePost(pool: Pool, change: PostChange, at: number, newId: string): Promise<PostChangeResult> {
  const { result } = await inRevision(pool, async (revision): Promise<PostChangeResult> => {
    const [village] = await selectRows(revision.client, 'village', 'WHERE id = $1', [change.villageCode]);
    if (!village) return { ok: false, field: 'villageCode' };
    if (change.personId !== null) {
      const [person] = await selectRows(revision.client, 'person', 'WHERE id = $1', [change.personId]);
      if (!person) return { ok: false, field: 'personId' };
    }
    const held = await selectRows(revision.client, 'post', 'WHERE village_code = $1 AND valid_to IS NULL', [
      village.id,
    ]);
    const replaced = held.filter((post) => post.kind === change.kind && post.rank === change.rank);
    const bindingVersion = village.bindingVersion + 1;
    const added: Post[] =
      change.personId === null
        ? []
        : [
            {
              id: newId,
              rev: 0,
              villageCode: village.id,
              kind: change.kind,
              personId: change.personId,
              rank: change.rank,
              bindingVersion,
              validFrom: at,
              validTo: null,
            },
          ];
    const now = [...held.filter((post) => !replaced.includes(post)), ...added];
    const next: Village = {
      ...village,
      bindingVersion,
      vacancies: requiredPosts.filter((kind) => !now.some((post) => post.kind === kind)),
    };
    await revision.upsert('post', [...replaced.map((post) => ({ ...post, validTo: at })), ...added]);
    await revision.upsert('village', [next]);
    return { ok: true, village: { ...next, rev: revision.rev } };
  });
  return result;
}
