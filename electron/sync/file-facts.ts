import { type FailureKind, shapeOfFailure } from '../../shared/errors.ts';
import type { SyncStatus } from '../../shared/model/sync-status.ts';
import { readFact, readOperator } from '../db/meta.ts';
import { outboxCounts } from '../db/outbox.ts';
import type { ReadDb } from '../db/statements.ts';

type Facts = Omit<SyncStatus, 'state' | 'reason' | 'progress' | 'nextTryAt' | 'serverUrl' | 'clockOffsetMs'>;

/** What the replica's file says of itself, for the status. A disk that cannot be read now ends nothing: what it said last is told again. */
export class FileFacts {
  private readonly db: ReadDb;
  private readonly trouble: (kind: FailureKind, message: string) => void;
  private last: Facts = {
    rev: null,
    confirmedAt: null,
    verifiedAt: null,
    repairedRows: 0,
    pending: 0,
    choked: 0,
    rejected: 0,
    operator: null,
  };

  constructor(db: ReadDb, trouble: (kind: FailureKind, message: string) => void) {
    this.db = db;
    this.trouble = trouble;
  }

  read(): Facts {
    const { db } = this;
    try {
      this.last = {
        rev: readFact(db, 'cursor'),
        confirmedAt: readFact(db, 'confirmedAt'),
        verifiedAt: readFact(db, 'verifiedAt'),
        repairedRows: readFact(db, 'repairedRows') ?? 0,
        ...outboxCounts(db),
        operator: readOperator(db),
      };
    } catch (error) {
      const { kind, message } = shapeOfFailure(error);
      this.trouble(kind, message);
    }
    return this.last;
  }
}
