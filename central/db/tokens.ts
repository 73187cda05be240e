import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { type Operator, renewalEchoMs, type Session } from '../../shared/protocol/auth.ts';
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

async function issue(
  db: Queryable,
  operator: Operator,
  sessionId: string,
  now: number,
  parent: string | null = null,
): Promise<Session> {
  const access = randomBytes(32).toString('base64url');
  const refresh = randomBytes(32).toString('base64url');
  await db.query(
    `INSERT INTO token (hash, kind, session_id, account_id, expires_at, parent)
     VALUES ($1, 'access', $3, $4, $5, $7), ($2, 'refresh', $3, $4, $6, $7)`,
    [
      hashOfSecret(access),
      hashOfSecret(refresh),
      sessionId,
      operator.id,
      now + accessLifeMs,
      now + refreshLifeMs,
      parent,
    ],
  );
  return { accessToken: access, accessExpiresAt: now + accessLifeMs, refreshToken: refresh, operator };
}

export type Refreshed =
  | { outcome: 'renewed'; session: Session }
  /** Unknown or expired. */
  | { outcome: 'ended' }
  /** Somebody else holds a copy: all tokens of the sign-in are gone. */
  | { outcome: 'stolen'; accountId: string };

/**
 * Exchanges a refresh token. It counts until a successor of it has been exchanged in its turn: an answer may be lost on the line, and the
 * workstation asks again with the token it has. After that, `renewalEchoMs` after its own exchange, or when another answer to the same token is in use, two
 * parties hold the session: nobody can say which is the thief, so it ends for both. What answers an echo is one more successor of the token in use: whoever
 * holds it is found out like any second holder.
 */
export async function refreshSession(pool: Pool, refreshToken: string, now: number): Promise<Refreshed> {
  return inTransaction(pool, async (client): Promise<Refreshed> => {
    const found = await client.query<{ session_id: string; account_id: string }>(
      "SELECT session_id, account_id FROM token WHERE hash = $1 AND kind = 'refresh' AND expires_at > $2",
      [hashOfSecret(refreshToken), now],
    );
    const row = found.rows[0];
    if (!row) return { outcome: 'ended' };
    // Two exchanges of one session at a time would not see each other's.
    await client.query("SELECT 1 FROM token WHERE session_id = $1 AND kind = 'refresh' ORDER BY hash FOR UPDATE", [
      row.session_id,
    ]);
    const hash = hashOfSecret(refreshToken);
    const overtaken = await isOvertaken(client, hash, row.session_id);
    const exchanged = overtaken
      ? await echoedToken(client, hash, row.session_id, now)
      : await markExchanged(client, hash, now);
    if (overtaken && exchanged === null) {
      await closeSession(client, row.session_id);
      return { outcome: 'stolen', accountId: row.account_id };
    }
    const account = await client.query<AccountRow>(`SELECT ${operatorColumns} FROM account a WHERE a.id = $1`, [
      row.account_id,
    ]);
    // The session may have been ended while this exchange waited for it.
    if (exchanged === null || !account.rows[0]) return { outcome: 'ended' };
    const operator = operatorOf(account.rows[0]);
    return { outcome: 'renewed', session: await issue(client, operator, row.session_id, now, exchanged) };
  });
}

async function markExchanged(db: Queryable, hash: string, now: number): Promise<string | null> {
  const marked = await db.query("UPDATE token SET used_at = $2 WHERE hash = $1 AND kind = 'refresh'", [hash, now]);
  return marked.rowCount === 0 ? null : hash;
}

/** The token in use of a session, if a token that was exchanged before it comes so soon after its exchange that it is an echo. Null: it is none. */
async function echoedToken(db: Queryable, hash: string, sessionId: string, now: number): Promise<string | null> {
  const found = await db.query<{ hash: string }>(
    `SELECT newest.hash FROM token own JOIN token newest ON newest.session_id = own.session_id AND newest.kind = 'refresh'
     WHERE own.hash = $1 AND own.session_id = $2 AND abs(own.used_at - $3) <= $4 AND newest.used_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM token later WHERE later.session_id = own.session_id AND later.kind = 'refresh'
         AND later.parent = newest.hash AND later.used_at IS NOT NULL)`,
    [hash, sessionId, now, renewalEchoMs],
  );
  return found.rows[0]?.hash ?? null;
}

/** Whether a successor of the token, or another answer to the token before it, has been exchanged. */
async function isOvertaken(db: Queryable, hash: string, sessionId: string): Promise<boolean> {
  const found = await db.query(
    `SELECT 1 FROM token own JOIN token other ON other.session_id = own.session_id AND other.kind = 'refresh'
     WHERE own.hash = $1 AND own.session_id = $2 AND other.hash <> own.hash AND other.used_at IS NOT NULL
       AND (other.parent = own.hash OR other.parent = own.parent) LIMIT 1`,
    [hash, sessionId],
  );
  return found.rows.length > 0;
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
