import { hash, verify } from '@node-rs/argon2';
import type { Pool } from 'pg';
import type { Role } from '../../shared/model/codes.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import type { Queryable } from './rows.ts';

export const failuresAllowed = 5;
export const lockMs = 10 * 60_000;

/** Columns that make an operator, of `account a`. */
export const operatorColumns = 'a.id, a.username, a.name, a.role, a.town_code';
export interface AccountRow {
  id: string;
  username: string;
  name: string;
  role: Role;
  town_code: string | null;
}

export function operatorOf(row: AccountRow): Operator {
  return { id: row.id, username: row.username, name: row.name, role: row.role, townCode: row.town_code };
}

export interface NewAccount extends Operator {
  password: string;
}

/** Stores accounts; passwords as argon2id, with the library's parameters (19 MiB, 2 passes: OWASP's minimum). A known username is replaced. */
export async function putAccounts(db: Queryable, accounts: readonly NewAccount[]): Promise<void> {
  for (const { id, username, name, role, townCode, password } of accounts) {
    if (role === 'townClerk' && townCode === null)
      throw new Error(`account ${id} needs a town: none means all of them`);
    await db.query(
      `INSERT INTO account (id, username, password_hash, name, role, town_code) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (username) DO UPDATE SET password_hash = EXCLUDED.password_hash, name = EXCLUDED.name,
         role = EXCLUDED.role, town_code = EXCLUDED.town_code, failures = 0, locked_until = NULL`,
      [id, username, await hash(password), name, role, townCode],
    );
  }
}

/**
 * Changes what an account may see and do. Its tokens go on with the new reach from their next use, and its workstations are told at once (a trigger of
 * the database says so). Answers whether there is such an account.
 */
export async function changeReach(
  db: Queryable,
  username: string,
  { role, townCode }: Pick<Operator, 'role' | 'townCode'>,
): Promise<boolean> {
  if (role === 'townClerk' && townCode === null) throw new Error(`${username} needs a town: none means all of them`);
  const changed = await db.query('UPDATE account SET role = $2, town_code = $3 WHERE username = $1', [
    username,
    role,
    townCode,
  ]);
  return changed.rowCount === 1;
}

export type PasswordCheck =
  | { outcome: 'right'; operator: Operator }
  | { outcome: 'wrong' }
  | { outcome: 'locked'; until: number };

/** A hash of nothing in use: an unknown name must take as long as a wrong password. */
let decoy: Promise<string> | null = null;

/**
 * Checks a password at `now`. The fifth failure in a row locks the account for ten minutes; while it is locked not even the right password is
 * looked at.
 */
export async function checkPassword(
  pool: Pool,
  username: string,
  password: string,
  now: number,
): Promise<PasswordCheck> {
  const found = await pool.query<AccountRow & { password_hash: string; locked_until: number | null }>(
    `SELECT ${operatorColumns}, a.password_hash, a.locked_until FROM account a WHERE a.username = $1`,
    [username],
  );
  const row = found.rows[0];
  if (!row) {
    decoy ??= hash('nobody');
    await verify(await decoy, password);
    return { outcome: 'wrong' };
  }
  if (row.locked_until !== null && row.locked_until > now) return { outcome: 'locked', until: row.locked_until };
  if (await verify(row.password_hash, password)) {
    await pool.query('UPDATE account SET failures = 0, locked_until = NULL WHERE id = $1 AND failures > 0', [row.id]);
    return { outcome: 'right', operator: operatorOf(row) };
  }
  const failed = await pool.query<{ locked_until: number | null }>(
    `UPDATE account SET failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE failures + 1 END,
       locked_until = CASE WHEN failures + 1 >= $2 THEN $3::bigint END WHERE id = $1 RETURNING locked_until`,
    [row.id, failuresAllowed, now + lockMs],
  );
  const until = failed.rows[0]?.locked_until ?? null;
  return until === null ? { outcome: 'wrong' } : { outcome: 'locked', until };
}
