import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Operator, Session } from '../../shared/protocol/auth.ts';
import { type AccountRow, operatorColumns, operatorOf } from './accounts.ts';
import type { Queryable } from './rows.ts';
import { inTransaction } from './transaction.ts';

export const accessLifeMs = 15 * 60_000;
export const refreshLifeMs = 30 * 24 * 3_600_000;

/** An operator with a token that counts now. */
export interface SignedIn {
  operator: Operator;
  sessionId: string;
  expiresAt: number;
}

/** Secrets of 256 random bits need no salt and no slow hash; what is stored cannot be used. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A new sign-in. */
export async function openSession(pool: Pool, operator: Operator, now: number): Promise<Session> {
  return inTransaction(pool, async (client) => {
    // Whoever signs in sweeps: nothing else has to.
    await client.query('DELETE FROM token WHERE expires_at < $1', [now - refreshLifeMs]);
    return issue(client, operator, randomBytes(16).toString('hex'), now);
  });
}

async function issue(db: Queryable, operator: Operator, sessionId: string, now: number): Promise<Session> {
  const access = randomBytes(32).toString('base64url');
  const refresh = randomBytes(32).toString('base64url');
  await db.query(
    `INSERT INTO token (hash, kind, session_id, account_id, expires_at)
     VALUES ($1, 'access', $3, $4, $5), ($2, 'refresh', $3, $4, $6)`,
    [hashOfSecret(access), hashOfSecret(refresh), sessionId, operator.id, now + accessLifeMs, now + refreshLifeMs],
  );
  return { accessToken: access, accessExpiresAt: now + accessLifeMs, refreshToken: refresh, operator };
}

/** Exchanges a refresh token, once. Null when it is unknown, used or expired. */
export async function refreshSession(pool: Pool, refreshToken: string, now: number): Promise<Session | null> {
  return inTransaction(pool, async (client) => {
    const used = await client.query<{ session_id: string; account_id: string }>(
      `UPDATE token SET used_at = $2 WHERE hash = $1 AND kind = 'refresh' AND used_at IS NULL AND expires_at > $2
       RETURNING session_id, account_id`,
      [hashOfSecret(refreshToken), now],
    );
    const row = used.rows[0];
    if (!row) return null;
    const account = await client.query<AccountRow>(`SELECT ${operatorColumns} FROM account a WHERE a.id = $1`, [
      row.account_id,
    ]);
    return account.rows[0] ? issue(client, operatorOf(account.rows[0]), row.session_id, now) : null;
  });
}

export async function findAccess(db: Queryable, accessToken: string, now: number): Promise<SignedIn | null> {
  const found = await db.query<AccountRow & { session_id: string; expires_at: number }>({
    name: 'find-access',
    text: `SELECT ${operatorColumns}, t.session_id, t.expires_at FROM token t JOIN account a ON a.id = t.account_id
      WHERE t.hash = $1 AND t.kind = 'access' AND t.expires_at > $2`,
    values: [hashOfSecret(accessToken), now],
  });
  const row = found.rows[0];
  return row ? { operator: operatorOf(row), sessionId: row.session_id, expiresAt: row.expires_at } : null;
}

/** Signs out: all tokens of the session are gone. */
export async function closeSession(db: Queryable, sessionId: string): Promise<void> {
  await db.query('DELETE FROM token WHERE session_id = $1', [sessionId]);
}
