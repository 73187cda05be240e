import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWrite } from '../../electron/db/connection.ts';
import { fill, line, sampleCase, scratchFile } from '../../electron/db/sample.test-support.ts';
import { termsOfPart } from '../../electron/db/search/ahead.ts';
import { startTermsThread } from '../../electron/workers/terms-thread.ts';

test('the thread makes the search lists that its writer would have made, and says so when it has ended', async () => {
  const file = scratchFile();
  const db = openWrite(file);
  fill(db, [line('case', sampleCase('a')), line('case', sampleCase('b', { title: '度尾镇水渠' }))]);
  const maker = startTermsThread(join(import.meta.dirname, 'make-terms.mjs'), file);
  const made = await maker.make(0);
  expect(made.terms.length).toBeGreaterThan(10);
  expect(made).toEqual(termsOfPart(db, 0));
  const cut = expect(maker.make(0)).rejects.toThrow('ended');
  maker.close();
  await cut;
  await expect(maker.make(0)).rejects.toThrow('ended');
  db.close();
});
