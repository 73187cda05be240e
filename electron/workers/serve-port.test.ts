import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { queries } from '../../shared/ipc/contract.ts';
import type { AnswerFrame } from '../../shared/ipc/frames.ts';
import { mergeChanges } from './merge-changes.ts';
import type { Port } from './port.ts';
import { type Handlers, servePort } from './serve-port.ts';
import { throttled } from './throttle.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A page's end of a served port. Node's ports hand over bare data; Electron's wrap it. */
function page(handlers: Handlers): (frame: unknown) => Promise<AnswerFrame> {
  const { port1, port2 } = new MessageChannel();
  const served: Port = {
    on: (event: string, listener: (message: { data: unknown }) => void) =>
      port2.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => port2.postMessage(message),
    start: () => port2.start(),
  };
  servePort(served, queries, handlers);
  closing.push(() => port1.close());
  return (frame) =>
    new Promise((resolve) => {
      port1.once('message', resolve);
      port1.postMessage(frame);
    });
}

describe('the door of a worker', () => {
  test('a request is answered with its number', async () => {
    const ask = page({ caseDetail: ({ caseId }: { caseId: string }) => ({ caseId }) });
    expect(await ask({ id: 7, name: 'caseDetail', args: { caseId: 'a' } })).toEqual({
      type: 'answer',
      id: 7,
      ok: true,
      value: { caseId: 'a' },
    });
  });

  test.each([
    ['a name outside the contract', 'eval', {}],
    ['a name of every object', 'constructor', {}],
    ['arguments that do not parse', 'caseDetail', { caseId: 5 }],
  ])('%s is refused as badArguments', async (_, name, args) => {
    const ask = page({ caseDetail: () => null });
    expect(await ask({ id: 1, name, args })).toMatchObject({ ok: false, failure: { kind: 'badArguments' } });
  });

  test('a failure crosses with its kind; what was not foreseen is internal', async () => {
    const ask = page({
      register: () => {
        throw new Failure('diskFull', 'full', { retry: true });
      },
      pendingCommands: () => {
        throw new TypeError('oops');
      },
    });
    const failure = { kind: 'diskFull', retry: true };
    expect(await ask({ id: 1, name: 'register', args: {} })).toMatchObject({ ok: false, failure });
    expect(await ask({ id: 2, name: 'pendingCommands', args: {} })).toMatchObject({ failure: { kind: 'internal' } });
  });

  test('what is no frame is dropped and the next request is answered', async () => {
    const ask = page({ register: () => 1 });
    const answer = ask('nonsense');
    expect(await Promise.race([ask({ id: 3, name: 'register', args: {} }), answer])).toMatchObject({ id: 3, ok: true });
  });
});

test('status passes at most once a span, and the last one always arrives', () => {
  const planned: (() => void)[] = [];
  const sent: number[] = [];
  const after = (_: number, call: () => void) => {
    planned.push(call);
    return () => undefined;
  };
  const tell = throttled<number>(100, { after }, (n) => sent.push(n));
  for (let n = 0; n < 10; n += 1) tell(n);
  expect(sent).toEqual([0]);
  planned.shift()?.();
  expect(sent).toEqual([0, 9]);
  planned.shift()?.();
  tell(10);
  expect(sent).toEqual([0, 9, 10]);
});

test('two notices of change become one that names both, or "many"', () => {
  const a = { tables: ['case'], caseIds: ['1'] };
  expect(mergeChanges(a, { tables: ['call'], caseIds: ['1', '2'] })).toEqual({
    tables: ['case', 'call'],
    caseIds: ['1', '2'],
  });
  expect(mergeChanges(a, { tables: [], caseIds: null }).caseIds).toBeNull();
});
