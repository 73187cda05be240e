import { describe, expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { begin, db, drained, live, loop, server, status, timers, until, urge } from './loop.test-support.ts';

describe('a session', () => {
  test('whose new token is overtaken on its way too is not over: nobody is asked to sign in, and the queue goes out', async () => {
    begin();
    await live();
    const commands = server.commands.bind(server);
    let refusals = 2;
    server.commands = async (token, batch) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new Failure('sessionExpired', 'the server’s clock was set');
      }
      return commands(token, batch);
    };
    urge('a');
    await until((one) => one.state !== 'live');
    expect(status).toMatchObject({
      state: 'offline',
      reason: 'serverUnreachable',
      operator: { username: 'dispatcher' },
    });
    timers.turn(31_000);
    await drained();
    expect(server.received).toHaveLength(1);
    expect(server.logins).toBe(1);
  });

  test('that the server renews no more is over, and says so', async () => {
    begin();
    await live();
    await loop.stop();
    begin(null);
    await live();
    server.refresh = async () => {
      throw new Failure('sessionExpired', 'unknown');
    };
    server.validToken = 'token-1';
    urge('a');
    await until((one) => one.state === 'signedOut');
    expect(status).toMatchObject({ reason: 'sessionExpired', pending: 1 });
  });

  test('that came while the disk was full is written down once there is room: nobody works signed out at a live desk', async () => {
    const run = db.run.bind(db);
    db.run = (sql, values) => {
      if ((values as { name?: string } | undefined)?.name === 'operator')
        throw new Failure('diskFull', 'the disk is full', { detail: 'SQLITE_FULL' });
      return run(sql, values);
    };
    begin();
    await until((one) => one.state === 'blocked');
    expect(status).toMatchObject({ reason: 'diskFull', operator: null });
    db.run = run;
    timers.turn(61_000);
    await live();
    expect(status.operator).toMatchObject({ username: 'dispatcher' });
    urge('a');
    await drained();
    expect(server.received).toHaveLength(1);
    expect(server.logins).toBe(1);
  });
});
