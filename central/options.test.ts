import { describe, expect, it } from 'vitest';
import { BadFlag, readOptions } from './options.ts';

const read = (...argv: string[]) => readOptions(['--embedded', 'data', ...argv], {});

describe('the command line', () => {
  it('reads a rate, a speed and an instant', () => {
    const options = read('--simulate', '31/day', '--speed', '500', '--clock-start', '2023-08-21T20:00:00+08:00');
    expect(options.simulate).toEqual({ perDay: 31, speed: 500 });
    expect(options.clockStart).toBe(Date.UTC(2023, 7, 21, 12));
  });

  it('a set is built around today unless told otherwise, and only when asked for', () => {
    expect(read().seed).toBeNull();
    expect(read('--seed-if-empty', '--anchor', 'today').seed).toEqual({ number: 1, anchor: null, cases: null });
  });

  it('a database counts as restored from a backup only when that is said', () => {
    expect([read().restored, read('--restored').restored]).toEqual([false, true]);
  });

  it('the named database wins over the environment, a folder of its own over both of nothing', () => {
    const env = { DATABASE_URL: 'postgres://environment' };
    expect(readOptions(['--database-url', 'postgres://flag'], env).databaseUrl).toBe('postgres://flag');
    expect(readOptions([], env).databaseUrl).toBe('postgres://environment');
    expect(readOptions(['--embedded', 'data'], env)).toMatchObject({ databaseUrl: null, embedded: 'data' });
  });

  it('keys of the intake come from flags and from the environment', () => {
    const { intakeKeys } = readOptions(['--embedded', 'd', '--intake-key', 'grid=a=b'], { XIANYOU_INTAKE_KEYS: '*=k' });
    expect([...intakeKeys]).toEqual([
      ['a=b', 'grid'],
      ['k', '*'],
    ]);
  });

  it.each([
    [[]],
    [['--embedded', 'd', '--nonsense']],
    [['--embedded', 'd', '--port', 'http']],
    [['--embedded', 'd', '--simulate', '31']],
    [['--embedded', 'd', '--clock-start', 'yesterday']],
    [['--embedded', 'd', '--sms-dir', 'a', '--sms-url', 'http://b']],
    [['--embedded', 'd', '--intake-key', 'grid']],
  ])('what cannot be meant is refused: %j', (argv) => {
    expect(() => readOptions(argv, {})).toThrow(BadFlag);
  });
});
