import { expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { outboxCounts } from '../db/outbox.ts';
import { sampleOperator } from '../db/sample.test-support.ts';
import { begin, db, desk, live, loop, server } from '../sync/loop.test-support.ts';
import { commandHandlers } from './command-handlers.ts';

const full = () => {
  throw new Failure('diskFull', 'SQLITE_FULL', { retry: true });
};
const handlers = () => commandHandlers(desk, loop, () => undefined);

test('a command that is on the disk is acknowledged even when the status cannot be read after it', async () => {
  begin();
  await live();
  const get = db.get.bind(db);
  let ill = false;
  db.get = (sql, params) => {
    if (ill && sql.includes('FILTER')) throw new Failure('diskFailing', 'SQLITE_IOERR_READ', { retry: true });
    return get(sql, params);
  };
  ill = true;
  expect(() => outboxCounts(db)).toThrow();
  const { queued } = await handlers().urge({ caseIds: ['a'], degree: 'red', postKinds: [], note: '' });
  ill = false;
  expect(queued).toHaveLength(1);
});

test('a full disk is no reason not to start for an operator whose session is kept', async () => {
  begin();
  await live();
  await loop.stop();
  const run = db.run.bind(db);
  db.run = full;
  expect(() => begin(null)).not.toThrow();
  expect(loop.status().operator).toEqual(sampleOperator);
  db.run = run;
});

test('signing out on a full disk is refused clearly and takes the session away all the same', async () => {
  begin();
  await live();
  const run = db.run.bind(db);
  db.run = full;
  await expect(handlers().signOut({})).rejects.toMatchObject({ kind: 'diskFull' });
  db.run = run;
  await loop.stop();
  const logins = server.logins;
  begin(null);
  expect(loop.status()).toMatchObject({ state: 'signedOut', operator: null });
  expect(server.logins).toBe(logins);
});
