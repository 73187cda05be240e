import { monotonicFactory } from 'ulid';
import type { CommandHandlers } from '../../shared/ipc/contract.ts';
import { recordTables } from '../../shared/protocol/tables.ts';
import type { Changed } from '../db/changed.ts';
import { finishCall, startCall } from '../db/commands/call-responsible.ts';
import type { Desk } from '../db/commands/give.ts';
import { giveMany } from '../db/commands/give-many.ts';
import { recordCase } from '../db/commands/record-case.ts';
import { resendRejected } from '../db/commands/resend-rejected.ts';
import { undo } from '../db/commands/undo.ts';
import { urgeResponsibles } from '../db/commands/urge-responsibles.ts';
import { dismiss } from '../db/outbox.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SyncLoop } from '../sync/replica.ts';

/** Ids in the order they were made, also within a millisecond. The time in them is the server's. */
export function deskOf(db: WriteDb, loop: SyncLoop, workstation: string): Desk {
  const ulid = monotonicFactory();
  return { db, now: () => loop.clock.now(), newId: () => ulid(loop.clock.now()), workstation };
}

/** Every command of the contract. What changes a case is on the disk before its promise resolves. */
export function commandHandlers(desk: Desk, loop: SyncLoop, onChanged: (changed: Changed) => void): CommandHandlers {
  const shown = (caseIds: string[]) => {
    onChanged({ rows: 0, tables: ['case', ...recordTables], caseIds });
    loop.queued();
  };
  return {
    async signIn(account) {
      return { operator: await loop.signIn(account) };
    },
    async signOut() {
      await loop.signOut();
      return {};
    },
    async urge(args) {
      const answer = urgeResponsibles(desk, args);
      if (answer.queued.length > 0) shown(answer.queued.map((one) => one.caseId));
      return answer;
    },
    async give(args) {
      const answer = giveMany(desk, args);
      if (answer.given.length > 0) shown(answer.given.map((one) => one.caseId));
      return answer;
    },
    async recordCase(args) {
      const answer = recordCase(desk, args);
      if (answer.recorded) shown([answer.recorded.caseId]);
      return answer;
    },
    async startCall(args) {
      const answer = startCall(desk, args);
      shown([args.caseId]);
      return answer;
    },
    async finishCall(args) {
      const answer = finishCall(desk, args);
      shown([args.caseId]);
      return answer;
    },
    async undo(args) {
      const answer = undo(desk, args);
      shown(answer.undone.map((one) => one.caseId));
      return answer;
    },
    async dismissRejected({ commandIds }) {
      if (dismiss(desk.db, commandIds) > 0) shown([]);
      return {};
    },
    async resendRejected(args) {
      const { caseId, ...answer } = resendRejected(desk, args);
      shown([caseId]);
      return answer;
    },
    async syncNow() {
      loop.syncNow();
      return {};
    },
  };
}
