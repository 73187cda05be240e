import type { Clock } from '../../shared/clock.ts';
import { readFact, writeFact } from '../db/meta.ts';
import type { WriteDb } from '../db/statements.ts';
import type { ServerTime } from './transport.ts';

/** A reading that took longer than this says too little, ms. */
const longestTripMs = 10_000;
/** Differences below this are the line's, not the clock's, ms. */
const noiseMs = 300;

/** The server's clock, reckoned from this machine's and kept across restarts: a wrong workstation clock makes no case overdue. */
export class ServerClock implements Clock {
  private readonly own: Clock;
  private readonly db: WriteDb;
  private offset: number;

  constructor(own: Clock, db: WriteDb) {
    this.own = own;
    this.db = db;
    this.offset = readFact(db, 'clockOffsetMs') ?? 0;
  }

  now(): number {
    return this.own.now() + this.offset;
  }

  offsetMs(): number {
    return this.offset;
  }

  /** Takes a reading in; answers whether the offset moved. */
  read({ server, sentAt, receivedAt }: ServerTime): boolean {
    if (receivedAt - sentAt > longestTripMs || receivedAt < sentAt) return false;
    const offset = Math.round(server - (sentAt + receivedAt) / 2);
    if (Math.abs(offset - this.offset) < noiseMs) return false;
    this.offset = offset;
    writeFact(this.db, 'clockOffsetMs', offset);
    return true;
  }
}
