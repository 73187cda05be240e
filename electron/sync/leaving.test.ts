import { describe, expect, test } from 'vitest';
import { undo } from '../db/commands/undo.ts';
import {
  begin,
  desk,
  drained,
  live,
  loop,
  server,
  status,
  timers,
  until,
  urge,
  urgeTogether,
} from './loop.test-support.ts';

describe('commands that can be taken back', () => {
  test('many urgings at once leave after ten seconds, each once and in order; other cases go on at once', async () => {
    begin();
    await live();
    const held = urgeTogether('a', 'b');
    const free = urge('c');
    await until((one) => one.pending === 2);
    expect(server.received.map((command) => command.id)).toEqual(free);
    timers.turn(9_999);
    await until((one) => one.pending === 2);
    expect(server.received).toHaveLength(1);
    timers.turn(1);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual([...free, ...held]);
  });

  test('taken back within ten seconds, the server never hears of it; what was given later on the same cases goes at once', async () => {
    begin();
    await live();
    const [first = ''] = urgeTogether('a', 'b');
    const [later] = urge('a');
    timers.turn(9_000);
    expect(server.received).toEqual([]);
    expect(status.pending).toBe(3);
    undo(desk, { batch: first });
    loop.queued();
    await drained();
    timers.turn(60_000);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual([later]);
  });

  test('a command given while an earlier one of its case can still be taken back leaves right after it', async () => {
    begin();
    await live();
    const held = urgeTogether('a', 'b');
    timers.turn(4_000);
    const [later = ''] = urge('a');
    timers.turn(5_999);
    await until((one) => one.pending === 3);
    timers.turn(1);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual([...held, later]);
  });

  test('what waited to be taken back when the app closed leaves at the next start', async () => {
    begin();
    await live();
    const held = urgeTogether('a', 'b');
    await loop.stop();
    timers.turn(10_000);
    expect(server.received).toEqual([]);
    begin(null);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual(held);
  });

  test('a slow answer that moved the clock on by seconds takes nothing of the time to take back', async () => {
    begin();
    await live();
    const held = urgeTogether('a', 'b');
    timers.now -= 3000;
    const free = urge('c');
    await until((one) => one.pending === 2);
    expect(server.received.map((command) => command.id)).toEqual(free);
    timers.turn(13_000);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual([...free, ...held]);
  });

  test('a clock that was set back holds nothing longer than its ten seconds', async () => {
    begin();
    await live();
    const held = urgeTogether('a', 'b');
    timers.now -= 3_600_000;
    loop.queued();
    await drained();
    expect(server.received.map((command) => command.id)).toEqual(held);
  });
});
