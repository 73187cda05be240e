import { z } from 'zod';
import { assignmentSchema } from '../model/assignment.ts';
import { callSchema } from '../model/call.ts';
import { caseSchema } from '../model/case.ts';
import { caseEventSchema } from '../model/case-event.ts';
import { consultationSchema } from '../model/consultation.ts';
import { escalationSchema } from '../model/escalation.ts';
import { extensionSchema } from '../model/extension.ts';
import { messageSchema } from '../model/message.ts';
import {
  calendarDaySchema,
  campaignSchema,
  departmentSchema,
  gridSchema,
  personSchema,
  postSchema,
  settingSchema,
  townSchema,
  villageSchema,
} from '../model/register.ts';

/**
 * Every table that travels from the central server to a replica, in the order a snapshot sends them: the register first, so that
 * a screen can name places and people before the cases arrive. Column names are the schema's keys in snake_case on both sides.
 * A field that only a newer server knows is not in the schema: who stores a row keeps it aside (column `extra`), so that it survives.
 */
export const syncTables = {
  setting: settingSchema,
  calendarDay: calendarDaySchema,
  town: townSchema,
  village: villageSchema,
  grid: gridSchema,
  department: departmentSchema,
  person: personSchema,
  post: postSchema,
  campaign: campaignSchema,
  case: caseSchema,
  caseEvent: caseEventSchema,
  call: callSchema,
  message: messageSchema,
  consultation: consultationSchema,
  extension: extensionSchema,
  escalation: escalationSchema,
  assignment: assignmentSchema,
} as const;
export type SyncTable = keyof typeof syncTables;
export type SyncRow<T extends SyncTable> = z.infer<(typeof syncTables)[T]>;
export const syncTableNames = Object.keys(syncTables) as SyncTable[];

/** Tables whose rows hang on a case (`caseId`): they go where it goes, and a command may write them. */
export const recordTables = [
  'caseEvent',
  'call',
  'message',
  'consultation',
  'extension',
  'escalation',
  'assignment',
] as const satisfies readonly SyncTable[];
export type RecordTable = (typeof recordTables)[number];

export function isRecordTable(table: SyncTable): table is RecordTable {
  return (recordTables as readonly SyncTable[]).includes(table);
}

export type ColumnKind = 'text' | 'integer' | 'real' | 'boolean' | 'json';
export interface Column {
  /** Key of the row on the wire (camelCase). */
  key: string;
  /** Column in both databases (snake_case). */
  name: string;
  kind: ColumnKind;
  nullable: boolean;
}

function kindOf(schema: z.core.$ZodType): { kind: ColumnKind; nullable: boolean } {
  // A field that older servers do not send.
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return { kind: kindOf(schema.unwrap()).kind, nullable: true };
  if (schema instanceof z.ZodNullable) return { kind: kindOf(schema.unwrap()).kind, nullable: true };
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodString) return { kind: 'text', nullable: false };
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean', nullable: false };
  if (schema instanceof z.ZodNumberFormat) return { kind: 'integer', nullable: false };
  if (schema instanceof z.ZodNumber) return { kind: 'real', nullable: false };
  return { kind: 'json', nullable: false };
}

export function columnOf(key: string, schema: z.core.$ZodType): Column {
  return { key, name: snakeCase(key), ...kindOf(schema) };
}

const cache = new Map<SyncTable, readonly Column[]>();

/** Columns of a synchronised table, derived from its schema: the one source for both databases' readers and writers. */
export function columnsOf(table: SyncTable): readonly Column[] {
  const known = cache.get(table);
  if (known) return known;
  const columns = Object.entries(syncTables[table].shape).map(([key, schema]) => columnOf(key, schema));
  cache.set(table, columns);
  return columns;
}

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
