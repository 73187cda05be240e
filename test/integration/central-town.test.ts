import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putAccounts } from '../../central/db/accounts.ts';
import { inRevision } from '../../central/db/in-revision.ts';
import { createLogger } from '../../central/logger.ts';
import { seedIfEmpty } from '../../central/prepare-seed.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import type { CaseEvent } from '../../shared/model/case-event.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { Desk, type Json } from '../builders/http-client.ts';
import { Mirror } from '../builders/mirror.ts';
import { digestMisses } from '../builders/mirror-digest.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { bangtou, evening, fengting, openCase, persons, SetClock } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

const town = '350322100';
const clerkName = `clerk-${town}`;
let postgres: TestPostgres;
let central: RunningCentral;
let clerk: Desk;
let dispatcher: Desk;
let open: Workstation[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  const log = createLogger('silent');
  central = await createCentral({
    databaseUrl: await postgres.database(),
    clock: new SetClock(),
    log,
    prepare: async (pool, clock) => {
      await seedIfEmpty(pool, clock, { number: 1, anchor: null, cases: 1500 }, () => undefined);
    },
  });
  clerk = await Desk.signIn(central.url, clerkName);
  dispatcher = await Desk.signIn(central.url);
});
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

async function snapshotOf(desk: Desk): Promise<Mirror> {
  const mirror = new Mirror();
  mirror.apply(await desk.lines('/sync/snapshot'));
  return mirror;
}
async function catchUp(desk: Desk, mirror: Mirror, limit: number): Promise<void> {
  do mirror.apply(await desk.lines(`/sync/changes?cursor=${mirror.cursor}&limit=${limit}`));
  while (mirror.more);
}

/** What of a whole county's rows the town's clerk may hold: the plain rule. */
function ownRows(county: Mirror): [string, Json][] {
  const own = new Set(
    [...county.rows].filter(([key, row]) => key.startsWith('case:') && row.townCode === town).map(([, row]) => row.id),
  );
  return county.entries().filter(([key, row]) => {
    if (key.startsWith('case:')) return own.has(row.id);
    if (/^(caseEvent|call|message):/.test(key)) return own.has(row.caseId);
    return !key.startsWith('person:') || row.townCode === town || row.townCode === null;
  });
}

/** Keys under which the two differ. */
function unlike(mirror: Mirror, rows: readonly [string, Json][]): string[] {
  const other = new Map(rows);
  const keys = new Set([...mirror.rows.keys(), ...other.keys()]);
  return [...keys].filter((key) => JSON.stringify(mirror.rows.get(key)) !== JSON.stringify(other.get(key)));
}

/** Ids of whatever `put` has hung on a case so far. */
function idsOf(table: 'caseEvent' | 'call', id: string, until: number): string[] {
  return Array.from({ length: until }, (_, n) => (table === 'call' ? `call-${id}-${n}` : `${id}:${n}`));
}

/** One revision: the case is put somewhere (or removed) and something happens to it. */
async function put(id: string, place: typeof fengting | null | 'gone', n: number): Promise<void> {
  await inRevision(central.pool, async (revision) => {
    if (place === 'gone') {
      for (const table of ['caseEvent', 'call'] as const) await revision.remove(table, idsOf(table, id, n));
      return revision.remove('case', [id]);
    }
    await revision.upsert('case', [openCase(id, place)]);
    const event: CaseEvent = {
      id: `${id}:${n}`,
      rev: 0,
      caseId: id,
      kind: 'acted',
      at: evening,
      actorId: null,
      actorName: null,
      facts: {},
      note: '',
    };
    await revision.upsert('caseEvent', [event]);
    if (n % 2 === 0) return;
    const call = {
      personId: null,
      operatorId: 'o',
      startedAt: evening,
      finishedAt: null,
      outcome: 'unrecorded',
      note: '',
    } as const;
    await revision.upsert('call', [{ ...call, id: `call-${id}-${n}`, rev: 0, caseId: id }]);
  });
}

describe('a town clerk’s rows', () => {
  it('are those of the own town, the register and county staff: in the snapshot and its counts, and by the digest', async () => {
    const [own, county] = [await snapshotOf(clerk), await snapshotOf(dispatcher)];
    expect(unlike(own, ownRows(county))).toEqual([]);
    const of = (mirror: Mirror, table: string) =>
      mirror.entries().filter(([key]) => key.startsWith(`${table}:`)).length;
    for (const table of ['case', 'caseEvent', 'person']) {
      expect(of(own, table), table).toBeGreaterThan(10);
      expect(of(own, table), table).toBeLessThan(of(county, table));
    }
    expect(of(own, 'village')).toBe(of(county, 'village'));
    const [begin] = await clerk.lines('/sync/snapshot');
    expect(Object.values(begin?.counts as Record<string, number>).reduce((sum, rows) => sum + rows, 0)).toBe(
      own.rows.size,
    );
    expect(await digestMisses(clerk, own)).toEqual([]);
    expect(await digestMisses(dispatcher, county)).toEqual([]);
  });

  it('stay right whatever comes into the town, leaves it and comes back, over any split into pages', async () => {
    const step = fc.record({
      id: fc.constantFrom('m1', 'm2', 'm3'),
      place: fc.constantFrom(fengting, bangtou, null, 'gone' as const),
    });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 16 }),
        fc.integer({ min: 1, max: 9 }),
        async (steps, limit) => {
          const [early, late] = [await snapshotOf(clerk), await snapshotOf(clerk)];
          for (const { id, place } of steps) {
            n += 1;
            await put(id, place, n);
            if (n % 3 === 0) await catchUp(clerk, early, limit);
          }
          await catchUp(clerk, early, limit);
          await catchUp(clerk, late, 2000);
          const county = await snapshotOf(dispatcher);
          // Events of a removed case have no town: nobody but the county holds them.
          expect(early.entries()).toEqual(ownRows(county));
          expect(late.entries()).toEqual(early.entries());
          expect(await digestMisses(clerk, early)).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it('a revision of another town sends nothing and moves the cursor on', async () => {
    const { cursor } = await snapshotOf(clerk);
    await put('elsewhere', bangtou, 1);
    await put('elsewhere', bangtou, 2);
    const lines = await clerk.lines(`/sync/changes?cursor=${cursor}&limit=1`);
    expect(lines).toMatchObject([{ t: 'end', cursor: cursor + 2, more: false }]);
  });

  it('a case that was waiting for a person comes with all its history when it is given to the town', async () => {
    await put('waiting', null, 1);
    const mirror = await snapshotOf(clerk);
    expect([...mirror.rows.keys()].filter((key) => key.includes('waiting'))).toEqual([]);
    const args = { villageCode: '', reason: '来电核实' };
    args.villageCode = String([...mirror.rows.values()].find((row) => row.townCode === town && row.officialName)?.id);
    const [result] = await dispatcher.send(dispatcher.command('waiting', 'dispatchByHand', args));
    expect(result?.status).toBe('accepted');
    await catchUp(clerk, mirror, 10);
    const keys = [...mirror.rows.keys()].filter((key) => key.includes('waiting'));
    expect(keys).toEqual(expect.arrayContaining(['case:waiting', 'caseEvent:waiting:1', 'call:call-waiting-1']));
  });

  it('somebody of the county who becomes another town’s own is gone here, and back when they return', async () => {
    const mirror = await snapshotOf(clerk);
    const move = async (townCode: string | null) => {
      await inRevision(central.pool, (revision) => revision.upsert('person', [{ ...persons.plain, townCode }]));
      await catchUp(clerk, mirror, 10);
      return mirror.rows.has(`person:${persons.plain.id}`);
    };
    expect([await move(null), await move('350322101'), await move(town), await move('350322101')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(await digestMisses(clerk, mirror)).toEqual([]);
  });
});

it('a town clerk without a town, who would see the county, cannot be an account', async () => {
  const account = { id: 'c', username: 'c', password: 'c', name: 'c', role: 'townClerk', townCode: null } as const;
  await expect(putAccounts(central.pool, [account])).rejects.toThrow('c needs a town');
});

describe('a workstation', () => {
  function workstation(...args: ConstructorParameters<typeof Workstation>): Workstation {
    const made = new Workstation(...args);
    open.push(made);
    return made;
  }
  const townsHeld = (desk: Workstation) =>
    desk.db.column<string | null>('SELECT DISTINCT town_code FROM cases ORDER BY 1');

  it('of a town clerk holds that town, follows it, and verifies as equal', async () => {
    const desk = workstation(central.url, { username: clerkName });
    await desk.live();
    expect(townsHeld(desk)).toEqual([town]);
    await put('live', fengting, 1);
    const moved = (await snapshotOf(clerk)).cursor;
    await desk.until((status) => (status.rev ?? 0) >= moved);
    expect(await desk.differences(central.url, clerkName)).toEqual([]);
    // The same operator goes on where the replica stood: no second snapshot.
    const proxy = await FaultProxy.listen();
    proxy.target = central.url;
    await workstation(proxy.url, { file: desk.file, session: desk.stored, username: null }).live();
    expect(proxy.seen.filter((path) => path.startsWith('/sync/snapshot'))).toEqual([]);
    await proxy.close();
  });

  it('that changes hands holds what its new operator may see, and loses no command of the old one', async () => {
    await put('theirs', bangtou, 1);
    const first = workstation(central.url);
    await first.live();
    expect(townsHeld(first).length).toBeGreaterThan(10);
    const { file, stored: session } = first;
    await first.close();
    // Queued with no line, in a town that the next operator may not see.
    const offline = new Workstation('http://127.0.0.1:9', { file, session, username: null });
    await offline.until((status) => status.state === 'offline');
    const { callId } = await offline.commands.startCall({ caseId: 'theirs', personId: persons.plain.id });
    await offline.commands.signOut({});
    await offline.close();
    open = [];

    const second = workstation(central.url, { file, username: clerkName });
    await second.live();
    expect(townsHeld(second)).toEqual([town]);
    expect(await second.differences(central.url, clerkName)).toEqual([]);
    expect(second.now.pending).toBe(1);
    await second.close();
    open = [];

    const third = workstation(central.url, { file });
    await third.drained();
    const calls = await central.pool.query("SELECT id FROM call WHERE case_id = 'theirs' AND operator_id <> 'o'");
    expect(calls.rows).toEqual([{ id: callId }]);
    expect(townsHeld(third).length).toBeGreaterThan(10);
    expect(await third.differences(central.url)).toEqual([]);
  });
});
