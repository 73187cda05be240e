import { monotonicFactory } from 'ulid';
import { inRevision } from '../../../central/db/in-revision.ts';
import { selectRows } from '../../../central/db/rows.ts';
import type { Scope } from '../../../scripts/local/scope.ts';
import type { Say } from '../../../scripts/runtime/progress.ts';
import type { QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseEvent } from '../../../shared/model/case-event.ts';
import { type Figure, figure } from '../figures.ts';
import { anchor, type BenchCounty } from './county.ts';
import { deskFilter, everything } from './filters.ts';
import { percentile } from './numbers.ts';
import { type Side, startSide } from './wire.ts';

const casesARevision = 50;
/** So many of the changed cases are opened again: what is urged in bulk afterwards. */
const reopened = 3000;

/**
 * `changes` changed rows on the server while the desk is away: revisions of 50 cases that move on and the line each gets in its timeline, half
 * of the cases from any year, half the newest. Through the server's own way of writing; a line's id begins with its time, as a command gives it.
 */
async function changeCounty({ pool }: BenchCounty, changes: number, say: Say): Promise<number> {
  const wanted = Math.ceil(changes / 2);
  const newest = await pool.query<{ id: string }>('SELECT id FROM cases ORDER BY recorded_at DESC, id LIMIT $1', [
    Math.ceil(wanted / 2),
  ]);
  const any = await pool.query<{ id: string }>('SELECT id FROM cases ORDER BY md5(id) LIMIT $1', [wanted]);
  const ids = [
    ...new Set([...any.rows.slice(0, Math.floor(wanted / 2)), ...newest.rows, ...any.rows].map((row) => row.id)),
  ].slice(0, wanted);
  const commandId = monotonicFactory();
  let rows = 0;
  say(`Changing ${ids.length} cases on the server …`);
  for (let start = 0; start < ids.length; start += casesARevision) {
    const part = ids.slice(start, start + casesARevision);
    await inRevision(pool, async (revision) => {
      const cases = await selectRows(revision.client, 'case', 'WHERE id = ANY($1) FOR UPDATE', [part]);
      const at = anchor + 60_000 + start;
      const again = start < reopened;
      const moved = cases.map((row) => ({
        ...row,
        ...(again ? { resolvedAt: null, closedAt: null, calledBackAt: null, callbackResult: null } : {}),
        acceptedAt: row.acceptedAt ?? at,
        updatedAt: at,
      }));
      const events = moved.map(
        (row): CaseEvent => ({
          id: `${commandId(at)}:0`,
          rev: 0,
          caseId: row.id,
          kind: again ? 'reopened' : 'accepted',
          at,
          actorId: null,
          actorName: null,
          facts: {},
          note: '',
        }),
      );
      await revision.upsert('case', moved);
      await revision.upsert('caseEvent', events);
      rows += moved.length + events.length;
    });
  }
  return rows;
}

/** A desk comes back after `changes` changes: how long until it is in step, and how long its queries take meanwhile. */
export async function measureCatchup(
  county: BenchCounty,
  file: string,
  changes: number,
  scope: Scope,
  say: Say,
): Promise<Figure[]> {
  const rows = await changeCounty(county, changes, say);
  const writer = startSide(scope);
  const reader = startSide(scope);
  await writer.call('openWriter', file);
  await reader.call('openReader', file);
  for (const ask of questions()) await ask(reader);
  let live = false;
  const syncing = writer.call('sync', county.url).finally(() => {
    live = true;
  });
  const times: number[] = [];
  while (!live)
    for (const ask of questions()) {
      const startedAt = performance.now();
      await ask(reader);
      times.push(performance.now() - startedAt);
      // An operator, however quick, is slower than that.
      await new Promise((wake) => setTimeout(wake, 20));
      if (live) break;
    }
  const { ms, processor } = await syncing;
  for (const side of [reader, writer]) {
    await side.call('close');
    await side.close();
  }
  say(`${rows} changes in ${(ms / 1000).toFixed(1)} s, ${times.length} queries meanwhile`);
  const note = changes === 100_000 ? `${rows} rows` : `only ${rows} rows, not 100,000`;
  return [
    figure('catchup100k.seconds', 's', ms / 1000, { goal: 5, note }),
    figure('catchup100k.inputP95ms', 'ms', percentile(times, 95), {
      goal: 50,
      note: `${times.length} queries, each from the asking process and back`,
    }),
    figure('catchup100k.inputMaxMs', 'ms', Math.max(...times)),
    figure('catchup100k.writerProcessor', 's', processor),
  ];
}

/** What goes on at a desk: the list, its counts, further rows, a case, words, a town. */
function questions(): ((reader: Side) => Promise<unknown>)[] {
  let listId = '';
  let caseId = '';
  const town = { level: 'town', code: '350322100' } as const;
  return [
    async (reader) => {
      const list = (await reader.call('ask', 'openList', {
        filter: deskFilter,
        sort: 'attention',
        limit: 100,
      })) as QueryResult<'openList'>;
      listId = list.listId;
      caseId = list.rows[0]?.id ?? '';
    },
    (reader) => reader.call('ask', 'areaCounts', { filter: { ...deskFilter, metric: 'recorded' } }),
    (reader) => reader.call('ask', 'listRows', { listId, offset: 100, limit: 100 }),
    (reader) => reader.call('ask', 'caseDetail', { caseId }),
    (reader) =>
      reader.call('ask', 'openList', { filter: { ...deskFilter, text: '排水' }, sort: 'attention', limit: 100 }),
    (reader) => reader.call('ask', 'openList', { filter: everything, sort: 'recorded', limit: 100 }),
    (reader) => reader.call('ask', 'areaCounts', { filter: { ...deskFilter, scope: town, metric: 'recorded' } }),
    (reader) => reader.call('ask', 'listDelta', { listId }),
  ];
}
