import { expect, test } from 'vitest';
import { likenessText } from './likeness-text.ts';

const t = (key: string, values?: Record<string, unknown>): string =>
  key === 'climb:alike.and' ? ' · ' : `${key.replace('climb:alike.', '')}${values ? `(${String(values.days)})` : ''}`;
const none = { score: 50, party: null, days: 0, title: 0, address: 0, detail: 0 };

test('a proposal says what the two have in common, and nothing that they have not', () => {
  expect(likenessText({ ...none, party: 'phone', days: 3, title: 72 }, t)).toBe('phone · village · days(3) · title');
  expect(likenessText({ ...none, title: 100, address: 59, detail: 60 }, t)).toBe(
    'village · sameDay · titleSame · detail',
  );
});
