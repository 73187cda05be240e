import type { Pool } from 'pg';
import { sqlTable } from '../../../central/db/tables.ts';
import { syncTableNames } from '../../../shared/protocol/tables.ts';

/** All that a backup keeps, but for accounts and their tokens: who signed in stays signed in. */
const tables = [
  ...syncTableNames.map(sqlTable),
  'meta',
  'tombstone',
  'left_town',
  'command_result',
  'case_counter',
  'intake_receipt',
  'sms_outbox',
];

/** Keeps the server's data as they stand, under a name. */
export async function keepCopy(pool: Pool, name: string): Promise<void> {
  const statements = [...tables, 'account'].map((table) => `CREATE TABLE ${name}.${table} AS TABLE public.${table};`);
  await pool.query(`DROP SCHEMA IF EXISTS ${name} CASCADE; CREATE SCHEMA ${name}; ${statements.join(' ')}`);
}

/** Puts the data back as they were kept, operators' towns too. */
export async function putBack(pool: Pool, name: string): Promise<void> {
  const statements = tables.map(
    (table) => `DELETE FROM public.${table}; INSERT INTO public.${table} SELECT * FROM ${name}.${table};`,
  );
  const towns = `UPDATE public.account a SET town_code = b.town_code FROM ${name}.account b WHERE b.id = a.id;`;
  await pool.query(`BEGIN; ${statements.join(' ')} ${towns} COMMIT;`);
}
