import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../central/logger.ts';
import { demoIntakeKey, seedIfEmpty } from '../../central/prepare-seed.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import { dayMs } from '../../shared/time/shanghai.ts';
import { ask, Desk, postReport } from '../builders/http-client.ts';
import { Mirror } from '../builders/mirror.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { evening, SetClock } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral;

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await createCentral({
    databaseUrl: await postgres.database(),
    clock: new SetClock(),
    log: createLogger('silent'),
    prepare: async (pool, clock) => {
      await seedIfEmpty(pool, clock, { number: 1, anchor: null, cases: 1500 }, () => undefined);
    },
  });
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

const highest = async (month: string) => {
  const found = await central.pool.query<{ no: string }>('SELECT no FROM cases WHERE starts_with(no, $1)', [
    `XY-${month}-`,
  ]);
  return Math.max(0, ...found.rows.map((row) => Number(row.no.slice(-4))));
};
const report = (sourceNo: string, recordedAt = evening) =>
  postReport(central.url, 'police110', { sourceNo, title: '纠纷', address: '枫亭镇秀峰村', recordedAt }, demoIntakeKey);

describe('the intake of a county that has cases already', () => {
  it('goes on from the highest number of the month in which a report was recorded', async () => {
    for (const [month, at] of [
      ['2023-08', evening],
      ['2023-07', evening - 30 * dayMs],
    ] as const) {
      const before = await highest(month);
      expect(before, month).toBeGreaterThan(10);
      const numbers = [await report(`${month}-a`, at), await report(`${month}-b`, at)].map((answer) => answer.body.no);
      expect(numbers).toEqual([1, 2].map((n) => `XY-${month}-${String(before + n).padStart(4, '0')}`));
    }
  });

  it('takes 2,000 reports at once, each once and in the order of the feed, while workstations read', async () => {
    const desk = await Desk.signIn(central.url);
    const mirror = new Mirror();
    mirror.apply(await desk.lines('/sync/snapshot'));
    const first = await highest('2023-08');
    const order: string[] = [];
    const follow = async () => {
      do {
        const lines = await desk.lines(`/sync/changes?cursor=${mirror.cursor}&limit=200`);
        for (const line of lines)
          if (line.t === 'row' && line.table === 'case') order.push(String((line.data as { no: string }).no));
        mirror.apply(lines);
      } while (mirror.more);
    };
    let sending = true;
    const following = (async () => {
      while (sending) {
        await follow();
        expect((await ask(central.url, '/health', undefined)).status).toBe(200);
      }
    })();
    const answers = await Promise.all(Array.from({ length: 2000 }, (_, n) => report(`burst-${n}`)));
    sending = false;
    await following;
    await follow();
    expect(answers.filter((answer) => answer.status !== 201)).toEqual([]);
    const wanted = Array.from({ length: 2000 }, (_, n) => `XY-2023-08-${String(first + 1 + n).padStart(4, '0')}`);
    expect(order).toEqual(wanted);
    expect(new Set(answers.map((answer) => answer.body.no))).toEqual(new Set(wanted));
    const fresh = new Mirror();
    fresh.apply(await desk.lines('/sync/snapshot'));
    expect(fresh.rows.size).toBe(mirror.rows.size);
  }, 180_000);
});
