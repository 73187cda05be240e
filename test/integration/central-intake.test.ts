import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningCentral } from '../../central/server.ts';
import { hourMs } from '../../shared/time/shanghai.ts';
import { type Json, postReport } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { evening, fengting, openCase, startSmallCounty } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral;

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await startSmallCounty(await postgres.database(), [openCase('0041')]);
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

const common = { title: '路口堆放杂物', address: '枫亭镇秀峰村老协会旁' };
/** A whole report of each source. */
const reports: Record<string, Json> = {
  grid: { ...common, gridCode: 'grid-1' },
  outreach: { ...common, teamId: 'team-1' },
  selfReport: { ...common, reporter: { name: '测试甲', phone: '161 1234 5678' } },
  police110: common,
  hotline12345: { ...common, phone: '+86 16112345678/16112345679' },
  publicOpinion: { ...common, link: 'https://example.invalid/1', platform: 'demo' },
  other: { ...common, reason: '来信' },
};
/** What each source must say beside its number. */
const required: [source: string, field: string][] = [
  ['grid', 'gridCode'],
  ['outreach', 'teamId'],
  ['selfReport', 'reporter'],
  ['police110', 'title'],
  ['hotline12345', 'phone'],
  ['publicOpinion', 'link'],
  ['other', 'reason'],
];

describe('intake', () => {
  it.each(Object.keys(reports))(
    '%s: a report without the number of its source is answered with the field',
    async (source) => {
      const answer = await postReport(central.url, source, reports[source] ?? {});
      expect(answer).toMatchObject({ status: 400, body: { kind: 'badArguments', field: 'sourceNo' } });
    },
  );

  it.each(required)('%s: a report without %s is answered with the field', async (source, field) => {
    const report: Json = { ...reports[source], sourceNo: 'n-0' };
    delete report[field];
    expect(await postReport(central.url, source, report)).toMatchObject({ status: 400, body: { field } });
  });

  it.each(Object.keys(reports))(
    '%s: a whole report becomes a case once, with number, chain and events',
    async (source) => {
      const body = { ...reports[source], sourceNo: `once-${source}` };
      const first = await postReport(central.url, source, body);
      expect(first).toMatchObject({
        status: 201,
        body: { duplicate: false, dispatchState: 'auto', villageCode: fengting.id },
      });
      const again = await Promise.all([1, 2, 3].map(() => postReport(central.url, source, body)));
      for (const answer of again)
        expect(answer).toMatchObject({ status: 200, body: { duplicate: true, id: first.body.id, no: first.body.no } });
      const events = await central.pool.query('SELECT kind FROM case_event WHERE case_id = $1 ORDER BY id', [
        first.body.id,
      ]);
      expect(events.rows.map((row) => row.kind)).toEqual(['recorded', 'dispatched']);
    },
  );

  it('a case in an unknown village waits for a person, and is never guessed', async () => {
    const report = { title: '纠纷', sourceNo: 'u1', villageCode: '350322999999', address: '城里某处' };
    const answer = await postReport(central.url, 'police110', report);
    expect(answer).toMatchObject({ status: 201, body: { dispatchState: 'pending', villageCode: null } });
    expect(answer.body.chain).toMatchObject([
      { step: 'villageCode', outcome: 'miss', evidence: '350322999999' },
      { step: 'polygon', outcome: 'absent' },
      { step: 'addressDictionary', outcome: 'miss' },
    ]);
    const row = await central.pool.query('SELECT town_code, dispatched_at FROM cases WHERE id = $1', [answer.body.id]);
    expect(row.rows).toEqual([{ town_code: null, dispatched_at: null }]);
  });

  it('a point outside the county says nothing', async () => {
    const report = { title: '纠纷', sourceNo: 'u2', lng: 0, lat: 0 };
    const answer = await postReport(central.url, 'police110', report);
    expect(answer.body).toMatchObject({ dispatchState: 'pending', villageCode: null });
  });

  it('telephone numbers are kept as they were written', async () => {
    const phones = ['161 1234 5678', '16112345678/16112345679', '+86 16112345678', '无电话'];
    for (const [n, phone] of phones.entries()) {
      const answer = await postReport(central.url, 'hotline12345', { ...common, sourceNo: `p-${n}`, phone });
      const row = await central.pool.query('SELECT parties FROM cases WHERE id = $1', [answer.body.id]);
      expect(row.rows[0].parties).toEqual([{ name: '', phone }]);
    }
  });

  it('case numbers go on from those that are there, without gaps, also when many arrive at once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => postReport(central.url, 'police110', { ...common, sourceNo: `g-${n}` })),
    );
    const found = await central.pool.query<{ no: string }>(
      "SELECT no FROM cases WHERE source <> 'grid' OR source_no LIKE 'once%' ORDER BY no",
    );
    const numbers = found.rows.map((row) => Number(row.no.replace('XY-2023-08-', '')));
    expect(numbers).toEqual(numbers.map((_, n) => 42 + n));
  });

  it('a deadline follows from the rules and names its rule', async () => {
    const report = { ...common, sourceNo: 'd1', petitionKind: 'first', recordedAt: evening - hourMs };
    const answer = await postReport(central.url, 'police110', report);
    const row = await central.pool.query('SELECT deadline_rule, due_at FROM cases WHERE id = $1', [answer.body.id]);
    expect(row.rows).toEqual([{ deadline_rule: 'firstPetition', due_at: evening - hourMs + 7 * 24 * hourMs }]);
  });

  it('misspelt fields, a half point, the future and NUL are refused by name', async () => {
    const refused = async (more: Json) =>
      (await postReport(central.url, 'police110', { ...common, sourceNo: 'x', ...more })).body.field;
    expect(await refused({ adress: 'x' })).toBe('adress');
    expect(await refused({ lng: 118 })).toBe('lat');
    expect(await refused({ recordedAt: evening + hourMs })).toBe('recordedAt');
    expect(await refused({ detail: 'a\u0000b' })).toBe('body');
    expect((await postReport(central.url, 'telegram', common)).body).toMatchObject({ field: 'source' });
  });

  it('without a key, or with a wrong one, nothing is taken in', async () => {
    const report = { ...common, sourceNo: 'k1' };
    expect(await postReport(central.url, 'police110', report, '')).toMatchObject({
      status: 401,
      body: { kind: 'notSignedIn' },
    });
    expect(await postReport(central.url, 'police110', report, 'guess')).toMatchObject({
      status: 403,
      body: { kind: 'notPermitted' },
    });
  });
});
