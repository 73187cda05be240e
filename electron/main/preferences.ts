import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Preferences, preferencesSchema } from '../../shared/ipc/contract.ts';

export const defaultPreferences: Preferences = {
  theme: 'dark',
  locale: 'zh-CN',
  fontScale: 100,
  splitter: 58,
  scope: null,
  views: [],
  keys: {},
};

/** Preferences of this workstation, in `preferences.json`. Each value that cannot be read falls back alone: the others are kept. */
export class PreferenceStore {
  private readonly file: string;
  private current: Preferences;

  constructor(userData: string) {
    this.file = join(userData, 'preferences.json');
    this.current = this.read();
  }

  get(): Preferences {
    return this.current;
  }

  /** Whole or not at all: a killed process leaves the old file. */
  save(preferences: Preferences): void {
    this.current = preferences;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify(preferences, null, 2));
    renameSync(`${this.file}.new`, this.file);
  }

  private read(): Preferences {
    let stored: unknown;
    try {
      stored = JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return defaultPreferences;
    }
    if (typeof stored !== 'object' || stored === null) return defaultPreferences;
    const values = stored as Record<string, unknown>;
    const kept = Object.entries(preferencesSchema.shape).flatMap(([key, schema]) => {
      const parsed = schema.safeParse(values[key]);
      return parsed.success ? [[key, parsed.data] as const] : [];
    });
    return { ...defaultPreferences, ...Object.fromEntries(kept) };
  }
}
