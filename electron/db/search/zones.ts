import type { ReadDb, WriteDb } from '../statements.ts';
import { partSize } from './case-set.ts';

/** Cases of a run of so many numbers form a zone: when the first and the last of them was recorded, and is due. */
export const zoneSize = 2048;

export type ZoneRow = [zone: number, recordedFrom: number, recordedTo: number, dueFrom: number, dueTo: number];

/** A zone while its part of the index is made. */
export class ZoneBuilder {
  private readonly zone: number;
  private recorded: [from: number, to: number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  private due: [from: number, to: number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(zone: number) {
    this.zone = zone;
  }

  add(recordedAt: number, dueAt: number): void {
    this.recorded = [Math.min(this.recorded[0], recordedAt), Math.max(this.recorded[1], recordedAt)];
    this.due = [Math.min(this.due[0], dueAt), Math.max(this.due[1], dueAt)];
  }

  /** None for a zone without cases. */
  rows(): ZoneRow[] {
    return this.recorded[0] > this.recorded[1] ? [] : [[this.zone, ...this.recorded, ...this.due]];
  }
}

/** The same for a run of numbers, by the database: for who does not read the cases anyway. */
export function zonesOf(db: ReadDb, range: { from: number; to: number }): ZoneRow[] {
  return db.rows<ZoneRow>(
    `SELECT n / ${zoneSize}, min(recorded_at), max(recorded_at), min(due_at), max(due_at) FROM cases
       WHERE n >= :from AND n < :to GROUP BY 1 ORDER BY 1`,
    range,
  );
}

/** Replaces the zones of a part. */
export function putZones(db: WriteDb, part: number, zones: readonly ZoneRow[]): void {
  const perPart = partSize / zoneSize;
  db.run('DELETE FROM search_zone WHERE zone >= :from AND zone < :to', {
    from: part * perPart,
    to: (part + 1) * perPart,
  });
  db.runEach(
    'INSERT INTO search_zone (zone, recorded_from, recorded_to, due_from, due_to) VALUES (?, ?, ?, ?, ?)',
    zones,
  );
}

/** Zones in their order. Each tells the truth of its cases but for those in `search_fresh`: the database itself widens it when one is changed. */
export function readZones(db: ReadDb): ZoneRow[] {
  return db.rows<ZoneRow>('SELECT zone, recorded_from, recorded_to, due_from, due_to FROM search_zone ORDER BY zone');
}
