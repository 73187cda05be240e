import { expect, test } from 'vitest';
import { readRows } from '../rows.ts';
import { fill, line, memoryReplica, sampleRegister } from '../sample.test-support.ts';
import { findVillages } from './find-villages.ts';

test('a village is found by its name, its town, pinyin and the beginnings of its syllables', () => {
  const db = memoryReplica();
  const one = memoryReplica();
  fill(one, sampleRegister());
  const more = readRows(one, 'village', '').map((row) =>
    line('village', { ...row, id: '350322100201', name: '斗北社区' }),
  );
  fill(db, [...sampleRegister(), ...more]);
  const found = (text: string) => findVillages(db, { text, limit: 9 }).villages.map(({ name }) => name);
  for (const text of ['霞桥', 'xiaqiao', 'xiaq', 'xq', 'XQC', '枫亭 霞', 'fengting xia', '350322100200'])
    expect(found(text), text).toEqual(['霞桥村']);
  expect(found('枫亭')).toHaveLength(2);
  expect(found('ft')).toHaveLength(2);
  for (const text of ['qx', '霞桥村9', '斗北 霞桥']) expect(found(text), text).toEqual([]);
  expect(findVillages(db, { text: 'ft', limit: 1 }).villages).toHaveLength(1);
});
