import { describe, expect, it } from 'vitest';
import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import type { CaseRow } from '../../../shared/model/case-view.ts';
import { ListCache, type ListSource } from './list-cache.ts';

const filter = { text: '' } as CaseFilter;
const rowOf = (n: number, urgeCount = 0) => ({ id: `c${n}`, urgeCount }) as CaseRow;

function source(total: number) {
  const state = { urges: 0, asked: [] as number[], forgotten: false, opened: 0 };
  const rows = (offset: number, limit: number) =>
    Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, i) => rowOf(offset + i, state.urges));
  const parts: ListSource = {
    openList: async ({ limit }) => {
      state.forgotten = false;
      state.opened += 1;
      return { listId: `l${state.opened}`, total, rows: rows(0, limit) };
    },
    listRows: async ({ offset, limit }) => {
      state.asked.push(offset);
      if (state.forgotten) throw new Error('no such list');
      return { rows: rows(offset, limit) };
    },
    listTotal: async () => ({ total }),
    listDelta: async () => ({ added: state.urges, removed: 0 }),
  };
  return { state, parts };
}

describe('the rows of an open list', () => {
  it('come in blocks, each asked for once', async () => {
    const { state, parts } = source(1000);
    const cache = new ListCache(parts);
    await cache.open({ filter, sort: 'due' });
    await Promise.all([cache.ensure(150, 260), cache.ensure(150, 260)]);
    await cache.ensure(150, 260);
    expect(state.asked).toEqual([100, 200]);
    expect(cache.row(150)?.id).toBe('c150');
    expect(cache.row(999)).toBeNull();
  });

  it('keep their places while their values change', async () => {
    const { state, parts } = source(3);
    const cache = new ListCache(parts);
    await cache.open({ filter, sort: 'due' });
    state.urges = 1;
    cache.markStale();
    expect(cache.row(1)?.urgeCount).toBe(0);
    await cache.ensure(0, 2);
    expect(cache.row(1)).toMatchObject({ id: 'c1', urgeCount: 1 });
    expect(state.opened).toBe(1);
  });

  it('open again by themselves when the reader has forgotten the list', async () => {
    const { state, parts } = source(300);
    const cache = new ListCache(parts);
    await cache.open({ filter, sort: 'due' });
    state.forgotten = true;
    await cache.ensure(200, 210);
    expect(cache.snapshot).toMatchObject({ listId: 'l2', failure: null, opening: false });
  });

  it('leave what is new behind the pill until the list is opened again', async () => {
    const { state, parts } = source(3);
    const cache = new ListCache(parts);
    await cache.open({ filter, sort: 'due' });
    state.urges = 2;
    await Promise.all([cache.askDelta(), cache.askDelta()]);
    expect(cache.snapshot).toMatchObject({ listId: 'l1', delta: { added: 2, removed: 0 } });
    await cache.open({ filter, sort: 'due' });
    expect(cache.snapshot).toMatchObject({ listId: 'l2', delta: { added: 0, removed: 0 } });
  });

  it('are those of the last question, however late an older answer comes', async () => {
    const answers: ((total: number) => void)[] = [];
    const cache = new ListCache({
      openList: () =>
        new Promise((resolve) => answers.push((total) => resolve({ listId: `of${total}`, total, rows: [] }))),
      listRows: async () => ({ rows: [] }),
      listTotal: async () => ({ total: null }),
      listDelta: async () => ({ added: 0, removed: 0 }),
    });
    const first = cache.open({ filter, sort: 'due' });
    const second = cache.open({ filter, sort: 'recorded' });
    answers[1]?.(2);
    answers[0]?.(1);
    await Promise.all([first, second]);
    expect(cache.snapshot.listId).toBe('of2');
  });

  it('stay on the screen when a new question fails', async () => {
    const { parts } = source(3);
    const cache = new ListCache(parts);
    await cache.open({ filter, sort: 'due' });
    const broken = cache as unknown as { source: ListSource };
    broken.source = { ...parts, openList: () => Promise.reject(new Error('gone')) };
    await cache.open({ filter, sort: 'due' });
    expect(cache.row(0)?.id).toBe('c0');
    expect(cache.snapshot.failure).toBeInstanceOf(Error);
  });

  it('are shown before they are counted, and no number is until then', async () => {
    const { parts } = source(1000);
    const answers = [null, null, 1000];
    const openList: ListSource['openList'] = async (args) => ({ ...(await parts.openList(args)), total: null });
    const counted = new Promise<void>((done) => {
      const listTotal = async () => ({ total: answers.shift() ?? null });
      const cache = new ListCache({ ...parts, openList, listTotal }, async () => undefined);
      cache.subscribe(() => {
        const { listId, counting, total } = cache.snapshot;
        if (listId === null) return;
        if (counting) expect(total).toBe(100);
        else {
          expect(total).toBe(1000);
          done();
        }
      });
      void cache.open({ filter, sort: 'due' });
    });
    await counted;
  });
});
