import { gone, line, sampleCase, sampleInstant, sampleRegister } from '../../../electron/db/sample.test-support.ts';
import type { ServerLine } from '../../../electron/db/server-rows.ts';
import { Chance } from '../simulator/random.ts';

const caseCount = 200;
const partRows = 90;

/** `table` to `id` to revision: what a digest is made of. */
export type Revisions = Map<string, Map<string, number>>;

/** A server that needs no memory: what it holds at a revision follows from the seed, in the process under test and in the one that judges it. */
export class ScriptedCounty {
  private readonly seed: number;
  private readonly held: Map<string, ServerLine>[] = [];

  constructor(seed: number) {
    this.seed = seed;
  }

  caseId(n: number): string {
    return `case-${n % caseCount}`;
  }

  /** What a revision changed. Revision 1 is everything there is at first. */
  linesAt(rev: number): ServerLine[] {
    if (rev === 1) {
      const cases = Array.from({ length: caseCount }, (_, n) => line('case', sampleCase(this.caseId(n))));
      return [...sampleRegister(1), ...cases];
    }
    const chance = new Chance(this.seed * 100_003 + rev);
    const lines: ServerLine[] = [];
    const touched = new Set(Array.from({ length: chance.between(2, 9) }, () => chance.between(0, caseCount - 1)));
    for (const n of touched) {
      const caseId = this.caseId(n);
      lines.push(line('case', sampleCase(caseId, { rev, title: `第${rev}次修订`, detail: '经过'.repeat(rev % 50) })));
      lines.push(
        line('caseEvent', {
          id: `event-${rev}-${n}`,
          rev,
          caseId,
          kind: 'accepted',
          at: sampleInstant + rev,
          actorId: null,
          actorName: null,
          facts: {},
          note: '',
        }),
      );
    }
    if (rev > 4 && rev % 3 === 0)
      for (const one of this.linesAt(rev - 3))
        if (one.kind === 'row' && one.table === 'caseEvent') lines.push(gone('caseEvent', one.id, rev));
    return lines;
  }

  /** The page of the feed (from, to]. */
  page(from: number, to: number): ServerLine[] {
    return Array.from({ length: to - from }, (_, n) => this.linesAt(from + 1 + n)).flat();
  }

  /** All rows at a revision, in the parts a snapshot brings them in. */
  parts(rev: number): ServerLine[][] {
    const rows = [...this.rowsAt(rev).values()];
    return Array.from({ length: Math.ceil(rows.length / partRows) }, (_, n) =>
      rows.slice(n * partRows, (n + 1) * partRows),
    );
  }

  /** What a replica holds at a revision; 0: nothing. */
  revisionsAt(rev: number): Revisions {
    const revisions: Revisions = new Map();
    if (rev > 0) for (const row of this.rowsAt(rev).values()) note(revisions, row, row.rev);
    return revisions;
  }

  /** What a replica that stood at `prior` holds after the first parts of a snapshot of `rev`: its old rows count as unconfirmed. */
  revisionsDuring(prior: number, rev: number, parts: number): Revisions {
    const revisions: Revisions = new Map();
    if (prior > 0) for (const row of this.rowsAt(prior).values()) note(revisions, row, -1);
    for (const row of this.parts(rev).slice(0, parts).flat()) note(revisions, row, row.rev);
    return revisions;
  }

  private rowsAt(rev: number): Map<string, ServerLine> {
    for (let next = this.held.length; next <= rev; next += 1) {
      const rows = new Map(this.held[next - 1] ?? []);
      if (next > 0)
        for (const one of this.linesAt(next)) {
          if (one.kind === 'row') rows.set(`${one.table} ${one.id}`, one);
          else rows.delete(`${one.table} ${one.id}`);
        }
      this.held.push(rows);
    }
    return this.held[rev] as Map<string, ServerLine>;
  }
}

function note(revisions: Revisions, { table, id }: ServerLine, rev: number): void {
  let rows = revisions.get(table);
  if (!rows) {
    rows = new Map();
    revisions.set(table, rows);
  }
  rows.set(id, rev);
}
