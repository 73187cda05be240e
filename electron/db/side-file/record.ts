import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A row of the outbox as it lies in its table: column → value. */
export const outboxImageSchema = z.intersection(
  z.object({ id: z.string(), state: z.enum(['pending', 'sending', 'accepted', 'rejected', 'dismissed']) }),
  z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
);
export type OutboxImage = z.infer<typeof outboxImageSchema>;

const recordSchema = z.discriminatedUnion('t', [
  /** Version of the replica beside which the file was last written anew. */
  z.object({ t: z.literal('head'), version: z.int() }),
  /** A command was given, or something of it changed: the whole row, so that no record needs an earlier one. */
  z.object({ t: z.literal('row'), row: outboxImageSchema }),
  /** A command left the outbox: confirmed by the feed, or taken back. */
  z.object({ t: z.literal('gone'), id: z.string() }),
]);
export type SideRecord = z.infer<typeof recordSchema>;

const newline = 0x0a;
const sumLength = 16;

/** A line of its own: 64 bits of SHA-256 over the JSON, a blank, the JSON. A newline at both ends: one lost newline costs one record, not two. */
export function encodeRecord(record: SideRecord): string {
  return encodeJson(JSON.stringify(record));
}

/** The line of a record that is JSON already. */
export function encodeJson(json: string): string {
  return `\n${sumOf(Buffer.from(json))} ${json}\n`;
}

export interface ReadRecords {
  records: SideRecord[];
  /** Lines that are none of ours, or no longer: a torn last record, a damaged one anywhere. */
  damaged: number;
}

/** Every record whose checksum holds, in order; whatever lies between them is counted and left. */
export function decodeRecords(bytes: Buffer): ReadRecords {
  const read: ReadRecords = { records: [], damaged: 0 };
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(newline, from);
    const to = found === -1 ? bytes.length : found;
    if (to > from) {
      const record = decodeLine(bytes.subarray(from, to));
      if (record) read.records.push(record);
      else read.damaged += 1;
    }
    from = to + 1;
  }
  return read;
}

function decodeLine(line: Buffer): SideRecord | null {
  const json = line.subarray(sumLength + 1);
  if (line.toString('latin1', 0, sumLength + 1) !== `${sumOf(json)} `) return null;
  const parsed = recordSchema.safeParse(JSON.parse(json.toString('utf8')));
  return parsed.success ? parsed.data : null;
}

function sumOf(json: Buffer): string {
  return createHash('sha256').update(json).digest('hex').slice(0, sumLength);
}

/** What the records come to: each command's last row, null for one that has left, in the order the commands were given. */
export function lastStates(records: readonly SideRecord[]): Map<string, OutboxImage | null> {
  const states = new Map<string, OutboxImage | null>();
  for (const record of records) {
    if (record.t === 'row') states.set(record.row.id, record.row);
    else if (record.t === 'gone') states.set(record.id, null);
  }
  return states;
}
