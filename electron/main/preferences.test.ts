import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultPreferences, PreferenceStore } from './preferences.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preferences-'));
});

describe('preferences', () => {
  it('stand after a restart as they were left', () => {
    new PreferenceStore(folder).save({ ...defaultPreferences, theme: 'light', fontScale: 150, splitter: 40 });
    expect(new PreferenceStore(folder).get()).toMatchObject({ theme: 'light', fontScale: 150, splitter: 40 });
  });

  it('a value that cannot be used falls back alone and the others are kept', () => {
    writeFileSync(join(folder, 'preferences.json'), JSON.stringify({ theme: 'light', fontScale: 9000, locale: 'xx' }));
    expect(new PreferenceStore(folder).get()).toEqual({ ...defaultPreferences, theme: 'light' });
  });

  it('a file that is not JSON gives the defaults', () => {
    writeFileSync(join(folder, 'preferences.json'), '{"theme":');
    expect(new PreferenceStore(folder).get()).toEqual(defaultPreferences);
  });
});
