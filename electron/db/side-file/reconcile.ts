import { ChangeList } from '../changed.ts';
import { withoutOverlay } from '../server-rows.ts';
import type { WriteDb } from '../statements.ts';
import { outboxColumns } from './journal.ts';
import type { OutboxImage } from './record.ts';

type Held = Pick<OutboxImage, 'id' | 'state'> & Record<string, string | number | null>;

/** What a command is: never changed once it was given. */
const lasting = ['name', 'args', 'case_id', 'issued_at', 'operator', 'operator_id', 'workstation', 'base_rev'];

/** Ids of commands whose row says something else than their record did: the replica's file was altered, and not by us. */
export function alteredCommands(db: WriteDb, known: ReadonlyMap<string, OutboxImage | null>): string[] {
  return heldRows(db)
    .filter((row) => {
      const image = known.get(row.id);
      return image && lasting.some((column) => column in image && image[column] !== row[column]);
    })
    .map((row) => row.id);
}

/**
 * Brings the outbox to what the side file says last: commands that the replica lost come back in their place (one that was sent goes out again, the
 * server knows it by its id), what has left does not, what was refused or dismissed is so. Doing it again changes nothing. Returns how many changed.
 */
export function reconcile(db: WriteDb, known: ReadonlyMap<string, OutboxImage | null>): number {
  return db.transaction(() => {
    const held = new Map(heldRows(db).map((row) => [row.id, row]));
    const changes: (() => void)[] = [];
    const cases = new Set<string>();
    const change = (caseId: unknown, work: () => void) => {
      cases.add(String(caseId));
      changes.push(work);
    };
    for (const [id, image] of known) {
      const row = held.get(id);
      if (image === null) {
        // One the server has accepted leaves with the page that brings its effect: that page's commit may not have lasted, and what counts stays shown.
        if (row && row.state !== 'accepted')
          change(row.case_id, () => db.run('DELETE FROM outbox WHERE id = :id', { id }));
      } else if (!row) {
        if (image.state !== 'dismissed') change(image.case_id, () => restore(db, image));
      } else if (settled(image.state) && image.state !== row.state)
        change(row.case_id, () =>
          db.run('UPDATE outbox SET state = :state, reason = :reason, detail = :detail WHERE id = :id', {
            id,
            state: image.state,
            reason: image.reason ?? null,
            detail: image.detail ?? null,
          }),
        );
    }
    withoutOverlay(db, cases, new ChangeList(), () => {
      for (const work of changes) work();
    });
    return changes.length;
  });
}

const settled = (state: OutboxImage['state']): boolean => state === 'rejected' || state === 'dismissed';

function heldRows(db: WriteDb): Held[] {
  return db.all<Held>('SELECT * FROM outbox');
}

/** Puts a command back at its old place in the queue; at its end if that is taken. */
function restore(db: WriteDb, image: OutboxImage): void {
  const sent = image.state === 'sending' || image.state === 'accepted';
  const row: Record<string, string | number | null> = { ...image };
  if (sent) Object.assign(row, { state: 'pending', result_rev: null });
  if (db.get('SELECT 1 FROM outbox WHERE seq = :seq', { seq: row.seq ?? null })) delete row.seq;
  const columns = outboxColumns(db).filter((name) => name in row);
  db.run(
    `INSERT INTO outbox (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`,
    Object.fromEntries(columns.map((name) => [name, row[name] ?? null])),
  );
}
