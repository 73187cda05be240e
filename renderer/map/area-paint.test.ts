import { beforeEach, describe, expect, it } from 'vitest';
import { AreaPaint, type AreaValue } from './area-paint.ts';

const TOWN = '350322101';
const OTHER = '350322001';
const VILLAGE = '350322101002';
const value = (count: number | null): AreaValue => ({ value: count, text: '', badge: 0, description: '' });

describe('painting areas', () => {
  const states = new Map<string, Record<string, unknown>>();
  let sent = 0;
  let paint: AreaPaint;
  const key = (target: { source: string; id: string }) => `${target.source}/${target.id}`;

  beforeEach(() => {
    states.clear();
    sent = 0;
    paint = new AreaPaint({
      setFeatureState(target, state) {
        sent += 1;
        states.set(key(target), { ...states.get(key(target)), ...state });
      },
      removeFeatureState(target, name) {
        sent += 1;
        const { [name ?? '']: _gone, ...rest } = states.get(key(target)) ?? {};
        states.set(key(target), rest);
      },
    });
  });

  it('an area without a value is marked as no data, not as the lowest class', () => {
    paint.color([TOWN, OTHER], new Map([[TOWN, value(0)]]), [3, 7]);
    expect(states.get(`towns/${TOWN}`)).toEqual({ color: 0 });
    expect(states.get(`towns/${OTHER}`)).toEqual({ color: -1 });
  });

  it('going into a town clears the towns and colours the villages', () => {
    paint.color([TOWN], new Map([[TOWN, value(9)]]), [3, 7]);
    paint.color([VILLAGE], new Map([[VILLAGE, value(2)]]), [2]);
    expect(states.get(`towns/${TOWN}`)).toEqual({});
    expect(states.get(`villages/${VILLAGE}`)).toEqual({ color: 4 });
  });

  it('the same values again send nothing', () => {
    paint.color([TOWN], new Map([[TOWN, value(9)]]), [3, 7]);
    const before = sent;
    paint.color([TOWN], new Map([[TOWN, value(8)]]), [3, 7]);
    expect(sent).toBe(before);
  });

  it('only one area is hovered at a time, and a selection is replaced', () => {
    expect(paint.hover(TOWN)).toBe(true);
    expect(paint.hover(TOWN)).toBe(false);
    paint.hover(OTHER);
    expect(states.get(`towns/${TOWN}`)).toEqual({ hover: false });
    paint.select(new Set([TOWN]));
    paint.select(new Set([OTHER]));
    expect(states.get(`towns/${TOWN}`)).toMatchObject({ selected: false });
    expect(states.get(`towns/${OTHER}`)).toMatchObject({ hover: true, selected: true });
  });
});
