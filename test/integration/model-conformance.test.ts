import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { Both } from '../sync/conformance/both.ts';
import { drawStep } from '../sync/conformance/draw.ts';
import { Chance } from '../sync/simulator/random.ts';

const sequences = 40;
const stepsEach = 48;
let postgres: TestPostgres;
let both: Both;

beforeAll(async () => {
  postgres = await startTestPostgres();
  both = await Both.open(await postgres.database());
});
afterAll(async () => {
  await both?.close();
  await postgres?.close();
});

test('the simulator’s server answers as the real one does, line by line, whatever is asked of it', async () => {
  for (let seed = 1; seed <= sequences; seed += 1) {
    await both.reset();
    const chance = new Chance(seed);
    for (let left = stepsEach; left > 0 && both.differences.length === 0; left -= 1) await drawStep(both, chance);
    expect(both.differences, `sequence ${seed}`).toEqual([]);
  }
  // Answers of every kind came: a model and a server that refuse everything alike would be equal too.
  const kinds = [
    'accepted duplicate caseClosed caseUnknown notPermitted argumentsInvalid commandUnknown personUnknown callUnknown',
    'alreadyAccepted noRecipients caseVoid caseMerged notAtCounty consultationsMissing reasonMissing digest:equal digest:differs digest:unknown',
    'caseKnown sourceNoMissing sourceNoKnown linkMissing recordedInFuture campaignUnknown',
    '/sync/changes:row /sync/changes:rows /sync/changes:gone /sync/changes:commit /sync/snapshot:row /sync/snapshot:rows',
    '/sync/changes:409 /sync/snapshot:409 /sync/digest:409 /sync/commands:409 /sync/changes:400 /sync/snapshot:400 /sync/digest:400',
    '/auth/login:200 /auth/refresh:200 /auth/refresh:401',
    '/sync/commands:400 /sync/rows:200 /sync/rows:400 /sync/changes:401 /health:200 /sync/everything:404',
  ];
  for (const kind of kinds.join(' ').split(' '))
    expect(both.kinds.get(kind.replace(':', ' ')) ?? 0, kind).toBeGreaterThan(0);
  for (const path of ['/sync/changes', '/sync/snapshot', '/sync/digest', '/sync/rows'])
    expect(both.kinds.get(`${path} of a town`) ?? 0, path).toBeGreaterThan(0);
  expect(both.kinds.get('digest differs gone') ?? 0).toBeGreaterThan(0);
  expect(both.kinds.get('a page with more behind it') ?? 0).toBeGreaterThan(0);
}, 240_000);
