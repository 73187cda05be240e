import { describe, expect, it } from 'vitest';
import { shortVillageName, townKind, villageKind } from './names.ts';

describe('names of villages', () => {
  it('lose the committee and keep what people say', () => {
    expect(shortVillageName('梅塘村委会')).toBe('梅塘村');
    expect(shortVillageName('木兰社区居委会')).toBe('木兰社区');
    expect(shortVillageName('蜚山社区居民委员会')).toBe('蜚山社区');
  });

  it('are refused when no short form is known, instead of guessed', () => {
    expect(() => shortVillageName('某农场')).toThrow('某农场');
    expect(() => townKind('区')).toThrow('区');
    expect(() => villageKind('社区')).toThrow('社区');
  });
});
