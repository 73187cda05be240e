import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRevision } from '../../central/db/in-revision.ts';
import { createPool } from '../../central/db/pool.ts';
import { createLogger } from '../../central/logger.ts';
import type { RunningCentral } from '../../central/server.ts';
import { digestAnswerSchema } from '../../shared/protocol/digest.ts';
import { ask, Desk } from '../builders/http-client.ts';
import { Mirror } from '../builders/mirror.ts';
import { digestMisses, rangesOf } from '../builders/mirror-digest.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { openCase, startSmallCounty } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral;
let desk: Desk;
let url: string;
const log = createLogger('silent');

beforeAll(async () => {
  postgres = await startTestPostgres();
  url = await postgres.database();
  const cases = Array.from({ length: 2500 }, (_, n) => openCase(`case-${String(n).padStart(5, '0')}`));
  central = await startSmallCounty(url, cases);
  desk = await Desk.signIn(central.url);
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

/** Writes for a while from two servers' pools at once, some transactions slow, some rolled back. */
async function writeConcurrently(seed: number, writers: number, each: number): Promise<void> {
  const other = createPool(url, log, 8);
  const run = async (writer: number) => {
    for (let n = 0; n < each; n += 1)
      await inRevision(writer % 2 === 0 ? central.pool : other, async (revision) => {
        const id = `case-${String((seed * 7919 + writer * 31 + n) % 2500).padStart(5, '0')}`;
        await revision.upsert('case', [{ ...openCase(id), title: `${seed}-${writer}-${n}` }]);
        if ((writer + n) % 3 === 0) await revision.client.query('SELECT pg_sleep(0.003)');
        if ((writer + n) % 5 === 0) throw new Error('rolled back');
        if ((writer + n) % 4 === 0) await revision.remove('case', [id]);
        if ((writer + n) % 8 === 0) await revision.upsert('case', [openCase(id)]);
      }).catch((error: unknown) => {
        if (!(error instanceof Error && error.message === 'rolled back')) throw error;
      });
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => run(writer)));
  await other.end();
}

/** How rows are asked for; without: as workstations of the first version do. */
type Form = '' | '&rows=arrays' | '&rows=arrays&pages=3';

async function catchUp(mirror: Mirror, limit: number, form: Form = ''): Promise<void> {
  do mirror.apply(await desk.lines(`/sync/changes?cursor=${mirror.cursor}&limit=${limit}${form}`));
  while (mirror.more);
}

async function freshMirror(): Promise<Mirror> {
  const mirror = new Mirror();
  mirror.apply(await desk.lines('/sync/snapshot'));
  return mirror;
}

describe('the change feed', () => {
  it('revisions are handed out in commit order under concurrent writers', async () => {
    const watcher = createPool(url, log, 2);
    let writing = true;
    const seen: number[] = [];
    const counts: number[] = [];
    const start = (await watcher.query<{ rev: number }>('SELECT rev FROM meta')).rows[0]?.rev ?? 0;
    const watch = async () => {
      while (writing) {
        const found = await watcher.query<{ rev: number; below: number }>(
          'SELECT m.rev, (SELECT count(*) FROM order_probe WHERE rev <= m.rev) AS below FROM meta m',
        );
        seen.push(found.rows[0]?.rev ?? 0);
        counts.push(found.rows[0]?.below ?? 0);
      }
    };
    await watcher.query('CREATE TABLE order_probe (rev bigint PRIMARY KEY)');
    const watching = watch();
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        for (let n = 0; n < 15; n += 1)
          await inRevision(central.pool, async (revision) => {
            await revision.upsert('case', [openCase(`order-${writer}-${n}`)]);
            await revision.client.query('INSERT INTO order_probe VALUES ($1)', [revision.rev]);
            await revision.client.query('SELECT pg_sleep($1)', [((writer * 7 + n) % 4) / 1000]);
          });
      }),
    );
    writing = false;
    await watching;
    await watcher.end();
    // Whoever sees revision n sees everything up to n.
    expect(counts).toEqual(seen.map((rev) => rev - start));
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('the feed never misses a row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 40 }), async (seed, limit) => {
        const mirrors = [await freshMirror(), await freshMirror()] as const;
        let writing = true;
        const readTo = () =>
          Promise.all([catchUp(mirrors[0], limit), catchUp(mirrors[1], limit, '&rows=arrays&pages=3')]);
        const reading = (async () => {
          while (writing) await readTo();
        })();
        await writeConcurrently(seed, 6, 12);
        writing = false;
        await reading;
        await readTo();
        const whole = (await freshMirror()).entries();
        for (const mirror of mirrors) expect(mirror.entries()).toEqual(whole);
      }),
      { numRuns: 6 },
    );
  });

  it('a page holds whole revisions only, each closed by its commit line, and ends with its cursor', async () => {
    const before = (await desk.lines('/sync/snapshot')).at(-1)?.cursor;
    await inRevision(central.pool, (revision) =>
      revision.upsert(
        'case',
        ['w1', 'w2', 'w3'].map((id) => openCase(id)),
      ),
    );
    await inRevision(central.pool, (revision) => revision.remove('case', ['w3']));
    const page = await desk.lines(`/sync/changes?cursor=${before}&limit=1`);
    const rev = Number(before) + 1;
    expect(page.map((line) => line.t)).toEqual(['row', 'row', 'commit', 'end']);
    expect(page.at(-1)).toMatchObject({ cursor: rev, more: true });
    const rest = await desk.lines(`/sync/changes?cursor=${rev}&limit=1`);
    expect(rest).toMatchObject([
      { t: 'gone', table: 'case', id: 'w3', rev: rev + 1 },
      { t: 'commit', rev: rev + 1 },
      { t: 'end', cursor: rev + 1, more: false },
    ]);
  });

  it('a cursor beyond the newest revision is told apart from being in step', async () => {
    const answer = await desk.get('/sync/changes?cursor=99999999');
    expect(answer).toMatchObject({ status: 409, body: { kind: 'cursorAhead' } });
    expect(await desk.get('/sync/changes')).toMatchObject({ status: 400, body: { field: 'cursor' } });
  });
});

describe('the snapshot', () => {
  it('a snapshot cut anywhere resumes to the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(1000), fc.constantFrom<Form>('', '&rows=arrays'), async (place, seed, form) => {
        const lines = await desk.lines(`/sync/snapshot?${form}`);
        const cut = place % lines.length;
        const mirror = new Mirror();
        // What came after the last mark before the cut was never applied.
        const kept = lines.slice(0, cut);
        const lastMark = kept.findLastIndex((line) => line.t === 'mark');
        mirror.apply(kept.slice(0, Math.max(lastMark + 1, 1)));
        await writeConcurrently(seed, 3, 6);
        const query = mirror.after === null ? '' : `&at=${mirror.at}&after=${encodeURIComponent(mirror.after)}`;
        mirror.apply(await desk.lines(`/sync/snapshot?${query}${form}`));
        await catchUp(mirror, 50, form);
        expect(mirror.entries()).toEqual((await freshMirror()).entries());
      }),
      { numRuns: 8 },
    );
  });

  it('says beforehand how many rows of each table will come', async () => {
    const lines = await desk.lines('/sync/snapshot');
    const counts = (lines[0]?.counts ?? {}) as Record<string, number>;
    const came: Record<string, number> = Object.fromEntries(Object.keys(counts).map((table) => [table, 0]));
    for (const line of lines) if (line.t === 'row') came[String(line.table)] = (came[String(line.table)] ?? 0) + 1;
    expect(came).toEqual(counts);
    expect(counts.village).toBe(2);
  });

  it('sends the same rows by position: whole lines of them, the open cases before the closed', async () => {
    await inRevision(central.pool, (revision) =>
      revision.upsert('case', [{ ...openCase('case-99999'), closedAt: 1 }, openCase('case-00000')]),
    );
    const mirror = new Mirror();
    const lines = await desk.lines('/sync/snapshot?rows=arrays');
    mirror.apply(lines);
    expect(mirror.entries()).toEqual((await freshMirror()).entries());
    const cases = [...mirror.rows.keys()].filter((key) => key.startsWith('case:'));
    expect(cases.indexOf('case:case-99999')).toBeGreaterThan(cases.indexOf('case:case-00000'));
    expect(lines.filter((line) => line.t === 'row')).toEqual([]);
    expect(await desk.get('/sync/snapshot?rows=columns')).toMatchObject({ status: 400, body: { field: 'rows' } });
  });

  it('refuses a mark that it never gave', async () => {
    expect(await desk.get('/sync/snapshot?at=1&after=secrets:1')).toMatchObject({
      status: 400,
      body: { field: 'after' },
    });
    expect(await desk.get('/sync/snapshot?at=1')).toMatchObject({ status: 400, body: { field: 'after' } });
  });
});

describe('the digest', () => {
  it('is what anybody computes from the rows, also after further changes', async () => {
    for (const seed of [1, 2]) {
      await writeConcurrently(seed, 3, 5);
      expect(await digestMisses(desk, await freshMirror())).toEqual([]);
    }
  });

  it('tells what changed or went after the cursor apart from what differs; ahead of the data set it refuses', async () => {
    const mirror = await freshMirror();
    const ids = mirror.entries().flatMap(([key]) => (key.startsWith('case:') ? [key.slice(5)] : []));
    const [first = '', last = ''] = [ids[0], ids.at(-1)];
    await inRevision(central.pool, (revision) => revision.remove('case', [first]));
    await inRevision(central.pool, (revision) => revision.upsert('case', [openCase(last)]));
    for (const mode of ['revisions', 'content'] as const) {
      const asked = rangesOf(mirror, mode).filter((range) => range.table === 'case');
      const answer = await ask(central.url, '/sync/digest', { mode, ranges: asked }, desk.headers);
      const verdicts = digestAnswerSchema.parse(answer.body).ranges;
      expect(verdicts.map((one) => one.state)).toEqual(
        asked.map((_, n) => (n === 0 || n === asked.length - 1 ? 'differs' : 'equal')),
      );
      const [head, tail] = [verdicts[0], verdicts.at(-1)];
      if (head?.state !== 'differs' || tail?.state !== 'differs') throw new Error('no lists');
      expect([head.gone, tail.gone]).toEqual([[first], undefined]);
      const newer = tail.rows.filter(([, rev]) => rev > mirror.cursor);
      expect(newer.map(([id]) => id)).toEqual([last]);
    }
    const ranges = rangesOf(mirror, 'revisions').slice(0, 1);
    const ahead = ranges.map((range) => ({ ...range, cursor: mirror.cursor + 1000 }));
    expect(await ask(central.url, '/sync/digest', { mode: 'revisions', ranges: ahead }, desk.headers)).toMatchObject({
      status: 409,
      body: { kind: 'cursorAhead' },
    });
  });

  it('lists the rows of a range that differs, and gives those that are asked for', async () => {
    const mirror = await freshMirror();
    const id =
      mirror
        .entries()
        .filter(([key]) => key.startsWith('case:'))[5]?.[0]
        .slice(5) ?? '';
    const row = mirror.rows.get(`case:${id}`);
    mirror.rows.set(`case:${id}`, { ...row, rev: Number(row?.rev) - 1 });
    const ranges = rangesOf(mirror, 'revisions').filter((range) => range.table === 'case');
    const answer = await ask(central.url, '/sync/digest', { mode: 'revisions', ranges }, desk.headers);
    const [differing, ...rest] = digestAnswerSchema.parse(answer.body).ranges;
    expect(rest.map((one) => one.state)).toEqual(rest.map(() => 'equal'));
    if (differing?.state !== 'differs') throw new Error(`the range is called ${differing?.state}`);
    expect(differing.upTo).toBeNull();
    expect(differing.rows).toHaveLength(ranges[0]?.rows ?? 0);
    expect(differing.rows).toContainEqual([id, row?.rev]);
    const rows = await ask(central.url, '/sync/rows', { table: 'case', ids: [id, 'nobody'] }, desk.headers);
    expect(rows.body).toEqual({ rev: mirror.cursor, epoch: expect.any(String), rows: [row] });
  });
});
