import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRevision } from '../../central/db/in-revision.ts';
import { createLogger } from '../../central/logger.ts';
import { seedIfEmpty } from '../../central/prepare-seed.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import { readRow } from '../../electron/db/rows.ts';
import { Desk } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { SetClock } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

let postgres: TestPostgres;
let central: RunningCentral;
beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await createCentral({
    databaseUrl: await postgres.database(),
    clock: new SetClock(),
    log: createLogger('silent'),
    prepare: async (pool, clock) => {
      await seedIfEmpty(pool, clock, { number: 1, anchor: null, cases: 3000 }, () => undefined);
    },
  });
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

/** Breaks off answers of the snapshot, each after the next of `points` bytes, all of which arrive; counts what came. */
class Scissors {
  readonly asked: URL[] = [];
  /** The place each request should have gone on from: the last mark that had come whole before it. */
  readonly due: (string | null)[] = [];
  received = 0;
  cuts = 0;
  private mark: string | null = null;
  private readonly points: number[];

  constructor(points: number[]) {
    this.points = points;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(String(input));
    if (url.pathname !== '/sync/snapshot' || !response.body) return response;
    this.asked.push(url);
    this.due.push(this.mark);
    let text = '';
    const reader = response.body.getReader();
    let left = this.points.shift() ?? Number.POSITIVE_INFINITY;
    const pull = async (to: ReadableStreamDefaultController<Uint8Array>) => {
      if (left === 0) {
        this.cuts += 1;
        await reader.cancel();
        return to.error(new Error('cut'));
      }
      const { done, value } = await reader.read();
      if (done) return to.close();
      const part = value.subarray(0, left);
      left -= part.length;
      this.received += part.length;
      text += Buffer.from(part).toString('latin1');
      const marks = [...text.matchAll(/^\{"t":"mark","after":"([^"]*)"\}\n/gm)];
      this.mark = marks.at(-1)?.[1] ?? this.mark;
      // A mark is a short line.
      text = text.slice(-400);
      to.enqueue(part);
    };
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), response);
  };
}

test('a snapshot cut at thirty random points never begins anew: of what came, at most one part a cut comes twice', async () => {
  const dispatcher = await Desk.signIn(central.url);
  const whole = await (await fetch(`${central.url}/sync/snapshot?rows=arrays`, { headers: dispatcher.headers })).text();
  const lines = whole.split('\n').map((line) => Buffer.byteLength(line) + 1);
  const largest = Math.max(...lines);
  const overhead = (lines[0] ?? 0) + 1000;
  const full = Buffer.byteLength(whole);
  expect(full / largest).toBeGreaterThan(5);
  const points = fc.sample(fc.integer({ min: 1, max: Math.round(largest * 2.5) }), { numRuns: 30, seed: 11 });
  let cuts = 0;
  for (let desks = 0; cuts < 30; desks += 1) {
    const scissors = new Scissors(points.slice(cuts));
    const desk = new Workstation(central.url, { fetch: scissors.fetch, random: () => 0, sweep: null });
    // The county does not stand still meanwhile.
    const [id = ''] = (
      await central.pool.query<{ id: string }>('SELECT id FROM cases ORDER BY id OFFSET $1', [desks])
    ).rows.map((row) => row.id);
    await desk.until(() => scissors.cuts > 0 || scissors.asked.length > 1);
    const row = (await central.pool.query('SELECT title FROM cases WHERE id = $1', [id])).rows[0];
    await inRevision(central.pool, async ({ client, rev }) => {
      await client.query('UPDATE cases SET title = $2, rev = $3 WHERE id = $1', [id, `${row?.title}改`, rev]);
      await client.query('UPDATE meta SET rev = $1', [rev]);
    });
    await desk.live();
    cuts += scissors.cuts;
    // What had come whole is not asked for again: each request goes on from its last mark, and only the first from nothing.
    expect(scissors.asked.map((url) => url.searchParams.get('after'))).toEqual(scissors.due);
    expect(scissors.received).toBeLessThanOrEqual(full + overhead + scissors.cuts * (largest + overhead));
    await desk.commands.syncNow({});
    await desk.until(() => readRow(desk.db, 'case', id)?.title === `${row?.title}改`);
    expect(await desk.differences(central.url)).toEqual([]);
    await desk.close();
  }
  expect(cuts).toBe(30);
}, 120_000);
