import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { columnsOf, type SyncTable, syncTableNames, syncTables } from '../../shared/protocol/tables.ts';
import { checkOf } from './check-of.ts';
import { rowOfValues, valuesOfRow, valuesOfRows } from './rows.ts';
import { sampleCase } from './sample.test-support.ts';

/** Any value that a schema takes, and now and then one that it does not. */
function anyOf(schema: z.core.$ZodType, spoiled: fc.Arbitrary<unknown> | null): fc.Arbitrary<unknown> {
  const good = goodValueOf(schema, spoiled);
  return spoiled ? fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: spoiled }) : good;
}

function goodValueOf(schema: z.core.$ZodType, spoiled: fc.Arbitrary<unknown> | null): fc.Arbitrary<unknown> {
  const inner = (one: z.core.$ZodType) => anyOf(one, spoiled);
  if (schema instanceof z.ZodNullable) return fc.option(inner(schema.unwrap()));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodString) return fc.string({ unit: 'binary', maxLength: 6 });
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumberFormat) return fc.maxSafeInteger();
  if (schema instanceof z.ZodNumber) return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (schema instanceof z.ZodArray) return fc.array(inner(schema.element), { maxLength: 3 });
  if (schema instanceof z.ZodObject)
    return fc.record(Object.fromEntries(Object.entries(schema.shape).map(([key, one]) => [key, inner(one)])));
  if (schema instanceof z.ZodRecord) return fc.dictionary(fc.string({ maxLength: 3 }), inner(schema.valueType));
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(inner));
  if (schema instanceof z.ZodNull) return fc.constant(null);
  return fc.jsonValue();
}

const junk = fc.constantFrom(null, undefined, 7, 1.5, 'nothing', true, [], {}, [7], { id: 7 });
const table = fc.constantFrom(...syncTableNames);
const rowOf = (name: SyncTable, spoiled: fc.Arbitrary<unknown> | null = null) =>
  goodValueOf(syncTables[name], spoiled) as fc.Arbitrary<Record<string, unknown>>;
const tableAndRow = table.chain((name) => fc.tuple(fc.constant(name), rowOf(name)));
const namesOf = (name: SyncTable) => columnsOf(name).map((column) => column.key);

/** Over the wire and back: what JSON cannot say is not there. */
const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('rows from the server', () => {
  test('a row by position is the row by field, whatever the order of its columns', () => {
    fc.assert(
      fc.property(tableAndRow, fc.nat(), ([name, made], turn) => {
        const row = wire(made);
        const keys = namesOf(name);
        const order = [...keys.slice(turn % keys.length), ...keys.slice(0, turn % keys.length)];
        const byField = valuesOfRow(name, row);
        expect(valuesOfRows(name, order, [order.map((key) => row[key])])).toEqual([byField]);
        expect(rowOfValues(name, byField)).toEqual(row);
      }),
      { numRuns: 150 },
    );
  });

  test('what the schema refuses is refused in both forms, what it takes is taken', () => {
    fc.assert(
      fc.property(
        table.chain((name) => fc.tuple(fc.constant(name), rowOf(name, junk))),
        ([name, made]) => {
          const row = wire(made);
          const fits = syncTables[name].safeParse(row).success;
          const attempt = (read: () => unknown) => {
            try {
              read();
              return true;
            } catch (error) {
              expect(error).toMatchObject({ kind: 'answerMalformed', detail: name });
              return false;
            }
          };
          expect(attempt(() => valuesOfRow(name, row))).toBe(fits);
          expect(attempt(() => valuesOfRows(name, namesOf(name), [namesOf(name).map((key) => row[key])]))).toBe(fits);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a refusal names table and field, and no value', () => {
    const keys = namesOf('case');
    const row: Record<string, unknown> = { ...sampleCase('a'), dueAt: '13800000001' };
    const refused = expect.objectContaining({ kind: 'answerMalformed', message: 'row of case: dueAt' });
    expect(() => valuesOfRows('case', keys, [keys.map((key) => row[key])])).toThrow(refused);
  });

  test('rows shorter or longer than their columns, without a column we need, or no lists at all are refused', () => {
    const keys = namesOf('case');
    const row: Record<string, unknown> = { ...sampleCase('a') };
    const values = keys.map((key) => row[key]);
    const malformed = expect.objectContaining({ kind: 'answerMalformed' });
    expect(valuesOfRows('case', keys, [values])).toHaveLength(1);
    for (const bad of [values.slice(1), [...values, null], row, 'row', null])
      expect(() => valuesOfRows('case', keys, [values, bad])).toThrow(malformed);
    expect(() => valuesOfRows('case', keys.slice(1), [values.slice(1)])).toThrow(malformed);
  });

  test('a column that only a newer server knows survives', () => {
    const keys = ['colour', ...namesOf('case'), 'shape'];
    const row: Record<string, unknown> = { ...sampleCase('a'), colour: 'red', shape: { corners: 3 } };
    const [values = []] = valuesOfRows('case', keys, [keys.map((key) => row[key])]);
    expect(rowOfValues('case', values)).toEqual(row);
    expect(values).toEqual(valuesOfRow('case', row));
  });

  test('a schema that asks for more than a kind of value is asked itself', () => {
    const check = checkOf(z.object({ code: z.string().length(2), some: z.int().min(3).nullable() }));
    expect(check({ code: 'ab', some: 3 })).toBe(true);
    expect(check({ code: 'abc', some: 3 })).toBe(false);
    expect(check({ code: 'ab', some: 2 })).toBe(false);
  });
});
