import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AreaCollection } from '../../shared/geo/area.ts';
import { createVillageLocator } from '../../shared/geo/locate-village.ts';
import type { Case } from '../../shared/model/case.ts';
import { type CountMetric, counted, countMetrics } from '../../shared/model/metrics/dictionary.ts';
import { holds } from '../../shared/model/metrics/predicate.ts';
import { changeOf, formatPermille, rateOf } from '../../shared/model/metrics/rate.ts';
import { normalisePhone } from '../../shared/model/phone.ts';
import { columnsOf, syncTableNames, syncTables } from '../../shared/protocol/tables.ts';
import { generateSeed, seedChunks } from './generate.ts';
import { anchorShiftFor, baseAnchor, spansOf, weekMs } from './spans.ts';
import type { SeedSet } from './types.ts';

const years20 = 20 * 365.25 * 86_400_000;
const dayMs = 86_400_000;

/** Seeds and shifts, and how far the present has run past the anchor. */
const sets = [
  { seed: 1, anchorShiftWeeks: 0, later: 0 },
  { seed: 7, anchorShiftWeeks: 170, later: 3 * dayMs + 1 },
  { seed: 20_230_821, anchorShiftWeeks: 53, later: 7 * dayMs - 1 },
].map(({ seed, anchorShiftWeeks, later }) => {
  const now = spansOf(anchorShiftWeeks, 0).anchor + later;
  return {
    seed,
    anchorShiftWeeks,
    spans: spansOf(anchorShiftWeeks, now),
    set: generateSeed({ seed, anchorShiftWeeks, now }),
  };
});

function cohort(set: SeedSet, from: number, to: number, campaign?: string): Case[] {
  return set.tables.case.filter(
    (row) =>
      holds(counted, row, to) &&
      row.recordedAt >= from &&
      row.recordedAt < to &&
      (campaign === undefined || row.campaigns.includes(campaign)),
  );
}
const count = (rows: Case[], metric: CountMetric, t: number) =>
  rows.filter((row) => holds(countMetrics[metric], row, t)).length;

describe.each(sets)('seed $seed shifted by $anchorShiftWeeks weeks', ({ spans, set }) => {
  const { from, anchor, previousFrom, now } = spans;
  const year = cohort(set, from, anchor);

  it("gives the county's figures exactly", () => {
    const campaign = cohort(set, from, anchor, 'hundredDays');
    expect(count(campaign, 'recorded', anchor)).toBe(3638);
    expect(count(campaign, 'resolved', anchor)).toBe(3330);
    expect(count(year, 'recorded', anchor)).toBe(7276);
    expect(count(year, 'closed', anchor)).toBe(7088);
    expect(count(year, 'calledBack', anchor)).toBe(7088);
    expect(count(year, 'satisfied', anchor)).toBe(7024);
    expect(formatPermille(rateOf(3330, 3638).permille)).toBe('91.5%');
    const before = cohort(set, previousFrom, previousFrom + (anchor - from));
    const first = [count(year, 'firstPetition', anchor), count(before, 'firstPetition', anchor)] as const;
    expect(first).toEqual([48, 100]);
    expect(formatPermille(changeOf(...first))).toBe('−52.0%');
    const backlog = year.filter((row) => holds(countMetrics.backlogResolved, row, anchor));
    expect(backlog).toHaveLength(210);
    expect(backlog.filter((row) => row.petitionSince !== null && row.petitionSince <= anchor - years20)).toHaveLength(
      13,
    );
  });

  it('gives the figures of the register exactly', () => {
    const { village, post, department, person } = set.tables;
    const lagging = village.filter((row) => row.tier === 'lagging');
    expect(lagging).toHaveLength(72);
    expect(new Set(lagging.map((row) => row.departmentId)).size).toBe(60);
    expect(department).toHaveLength(60);
    const current = (kind: string) => post.filter((row) => row.kind === kind && row.validTo === null);
    expect(new Set(current('communityPolice').map((row) => row.personId)).size).toBe(182);
    expect(new Set(current('communityPolice').map((row) => row.villageCode)).size).toBe(327);
    expect(new Set(current('workTeam').map((row) => row.personId)).size).toBe(1006);
    expect(current('workTeam')).toHaveLength(1006);
    expect(person.every((row) => row.synthetic)).toBe(true);
    for (const row of village)
      for (const kind of ['leadOfficial', 'partySecretary', 'communityPolice'] as const) {
        const held = current(kind).filter((one) => one.villageCode === row.id).length;
        expect(held, `${row.name} ${kind}`).toBe(row.vacancies.includes(kind) ? 0 : 1);
      }
  });

  it('knows nothing of the future', () => {
    const late: string[] = [];
    for (const name of ['case', 'caseEvent', 'call', 'message', 'post'] as const) {
      const keys = columnsOf(name).map((column) => column.key);
      const instants = keys.filter((key) => /At$|^at$|^validFrom$/.test(key) && !/[dD]ueAt$/.test(key));
      for (const row of set.tables[name] as Record<string, unknown>[])
        for (const key of instants) if (Number(row[key] ?? 0) > now) late.push(`${name} ${row.id} ${key}`);
    }
    expect(late).toEqual([]);
  });

  it('moves every case through its moments in order', () => {
    const wrong = set.tables.case.filter((row) => {
      const steps = [row.recordedAt, row.dispatchedAt, row.acceptedAt, row.onSceneAt, row.firstActionAt, row.closedAt];
      const known = steps.filter((at) => at !== null);
      if (known.some((at, n) => n > 0 && at < (known[n - 1] ?? 0))) return true;
      if (row.resolvedAt !== null && (row.firstActionAt ?? now) > row.resolvedAt) return true;
      // A dissatisfied call-back reopened the case; it was closed again later.
      if (row.calledBackAt === null || row.callbackResult === 'dissatisfied') return false;
      return (row.closedAt ?? now) > row.calledBackAt;
    });
    expect(wrong.map((row) => row.no)).toEqual([]);
  });

  it('names only villages, persons, cases and campaigns that exist, and every id once', () => {
    const ids = Object.fromEntries(
      syncTableNames.map((name) => [name, new Set(set.tables[name].map((row) => row.id))]),
    );
    for (const name of syncTableNames) expect(ids[name]?.size, name).toBe(set.tables[name].length);
    const villages = new Map(set.tables.village.map((row) => [row.id, row]));
    const { case: cases, caseEvent, call, message, post } = set.tables;
    const homeless = cases.filter((row) =>
      row.villageCode === null
        ? row.dispatchState !== 'pending'
        : villages.get(row.villageCode)?.townCode !== row.townCode,
    );
    expect(homeless).toEqual([]);
    const known = (table: string) => (id: string | null) => id === null || ids[table]?.has(id) === true;
    expect(cases.map((row) => row.mergedIntoId).every(known('case'))).toBe(true);
    expect(cases.flatMap((row) => row.campaigns).every(known('campaign'))).toBe(true);
    expect([...caseEvent, ...call, ...message].map((row) => row.caseId).every(known('case'))).toBe(true);
    expect([...message, ...post, ...call].map((row) => row.personId).every(known('person'))).toBe(true);
    expect(new Set(cases.map((row) => row.no)).size).toBe(cases.length);
    expect(new Set(cases.map((row) => `${row.source} ${row.sourceNo}`)).size).toBe(cases.length);
  });

  it('stands at the anchor as the desk shows it', () => {
    const all = set.tables.case.filter((row) => holds(counted, row, anchor) && row.recordedAt < anchor);
    expect(count(all, 'open', anchor)).toBe(196);
    expect(count(all, 'openOverdue', anchor)).toBe(24);
    expect(count(all, 'dueSoon', anchor)).toBe(40);
    const late = rateOf(count(year, 'overdue', anchor), year.length).permille ?? 0;
    expect(late).toBeGreaterThan(12);
    expect(late).toBeLessThan(28);
    const inVillage = rateOf(count(year, 'resolvedInVillage', anchor), count(year, 'resolved', anchor)).permille ?? 0;
    expect(Math.abs(inVillage - 710)).toBeLessThan(25);
  });

  it('has something to show today and yesterday, this week and last', () => {
    const counts = [0, 1].map((n) => cohort(set, now - (n + 1) * dayMs, now - n * dayMs).length);
    for (const n of counts) expect(n).toBeGreaterThan(8);
    const open = count(
      set.tables.case.filter((row) => holds(counted, row, now)),
      'open',
      now,
    );
    expect(open).toBeGreaterThan(130);
    expect(open).toBeLessThan(270);
    const waiting = set.tables.case.filter((row) => holds(countMetrics.awaitingDispatch, row, now));
    expect(waiting.length).toBeGreaterThan(1);
    expect(waiting.length).toBeLessThan(8);
  });

  it('counts urgings, calls and their timeline lines alike', () => {
    const lines = new Map<string, number>();
    for (const row of set.tables.caseEvent)
      if (row.kind === 'urged' || row.kind === 'callStarted')
        lines.set(`${row.caseId} ${row.kind}`, (lines.get(`${row.caseId} ${row.kind}`) ?? 0) + 1);
    const wrong = set.tables.case.filter(
      (row) =>
        (lines.get(`${row.id} urged`) ?? 0) !== row.urgeCount ||
        (lines.get(`${row.id} callStarted`) ?? 0) !== row.callCount,
    );
    expect(wrong.map((row) => row.no)).toEqual([]);
    expect(set.tables.message.some((row) => row.state === 'failed')).toBe(true);
  });
});

describe('the seed set', () => {
  const [plain] = sets;
  if (!plain) throw new Error('no set');
  const { set } = plain;

  it('has the same bytes on every machine', () => {
    // Regenerate deliberately: a new hash means that every demonstration and every screenshot changes.
    // A table that nothing is seeded in has no bytes.
    const tables = Object.fromEntries(Object.entries(set.tables).filter(([, rows]) => rows.length > 0));
    expect(
      createHash('sha256')
        .update(JSON.stringify({ ...set, tables }))
        .digest('hex'),
    ).toMatchInlineSnapshot(`"8111858f17aeabb52545ecaa74c41cfe4be0e76c1bca52ec88ec2c4c617737b9"`);
  });

  it('holds the tables that the wire knows, each row as its schema wants it', () => {
    for (const name of syncTableNames) {
      const rows = set.tables[name].filter((_, n) => n % 97 === 0);
      for (const row of rows) expect(syncTables[name].strict().parse(row)).toEqual(row);
    }
  });

  it('places cases inside the area of their village', () => {
    const areas = JSON.parse(
      readFileSync(new URL('../../resources/geo/villages.geojson', import.meta.url), 'utf8'),
    ) as AreaCollection;
    const locate = createVillageLocator(areas);
    const placed = set.tables.case.filter((row) => row.lng !== null && row.lat !== null);
    expect(placed.length).toBeGreaterThan(set.tables.case.length / 2);
    expect(placed.length).toBeLessThan(set.tables.case.length);
    expect(placed.filter((row) => locate(row.lng ?? 0, row.lat ?? 0) !== row.villageCode)).toEqual([]);
  });

  it('holds telephone fields as badly as registers do, and none of a real person', () => {
    const phones = set.tables.person.map((row) => row.phone);
    expect(phones.some((phone) => phone === null)).toBe(true);
    for (const sign of [' ', '/', '+86']) expect(phones.some((phone) => phone?.includes(sign))).toBe(true);
    const read = phones.flatMap((phone) => (phone === null ? [] : [normalisePhone(phone)]));
    const good = read.filter((result) => result.ok);
    expect(good.length).toBeGreaterThan(phones.length * 0.98);
    expect(good.length).toBeLessThan(phones.length);
    for (const result of good) expect(result.digits).toMatch(/^161/);
  });

  it('grows into the past and leaves the figures as they are', () => {
    const cases: Case[] = [];
    const { seed, anchorShiftWeeks, spans } = plain;
    for (const chunk of seedChunks({ seed, anchorShiftWeeks, now: spans.now, cases: 22_000 }))
      if (chunk.table === 'case') cases.push(...chunk.rows);
    const real = cases.filter((row) => holds(counted, row, spans.anchor));
    expect(real).toHaveLength(22_000);
    const year = real.filter((row) => row.recordedAt >= spans.from && row.recordedAt < spans.anchor);
    expect(count(year, 'closed', spans.anchor)).toBe(7088);
    expect(new Set(cases.map((row) => row.no)).size).toBe(cases.length);
  }, 30_000);

  it('keeps the newest when fewer are asked for', () => {
    const { seed, anchorShiftWeeks, spans } = plain;
    const small = generateSeed({ seed, anchorShiftWeeks, now: spans.now, cases: 1000 });
    expect(small.tables.case.filter((row) => holds(counted, row, spans.anchor))).toHaveLength(1000);
  });

  it('moves by the largest whole number of weeks that leaves the anchor in the past', () => {
    expect(anchorShiftFor(baseAnchor)).toBe(0);
    expect(anchorShiftFor(baseAnchor + weekMs - 1)).toBe(0);
    expect(anchorShiftFor(baseAnchor + 3 * weekMs)).toBe(3);
    expect(anchorShiftFor(baseAnchor - 1)).toBe(-1);
  });
});
