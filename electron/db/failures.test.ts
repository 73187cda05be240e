import { expect, test } from 'vitest';
import { Failure, type FailureKind } from '../../shared/errors.ts';
import { failureOfSqlite } from './failures.ts';

const thrown = (code: string) => Object.assign(new Error('says SQLite'), { code });

test.each<[string, FailureKind, boolean]>([
  ['SQLITE_FULL', 'diskFull', true],
  ['SQLITE_IOERR_WRITE', 'diskFailing', true],
  ['SQLITE_IOERR_FSYNC', 'diskFailing', true],
  ['SQLITE_IOERR_SHMSIZE', 'diskFailing', true],
  ['SQLITE_IOERR_READ', 'diskFailing', true],
  ['SQLITE_IOERR_SHORT_READ', 'replicaDamaged', false],
  ['SQLITE_CORRUPT_VTAB', 'replicaDamaged', false],
  ['SQLITE_NOTADB', 'replicaNotSqlite', false],
  ['SQLITE_CANTOPEN', 'replicaReadOnly', false],
])('%s is told as %s: an ill disk is not taken for a broken file', (code, kind, retry) => {
  expect(failureOfSqlite(thrown(code))).toMatchObject({ kind, retry, detail: code });
});

test('our own mistakes and failures that have a name stay what they are', () => {
  const [mistake, named] = [thrown('SQLITE_CONSTRAINT'), new Failure('unknownCase', 'no such case')];
  expect(failureOfSqlite(mistake)).toBe(mistake);
  expect(failureOfSqlite(named)).toBe(named);
});
