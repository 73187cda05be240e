import { create } from 'zustand';
import type { Preferences } from '../../shared/ipc/contract.ts';
import { shellCall } from './bridge.ts';

interface PreferenceState {
  value: Preferences;
  /** Changes are kept by main; a burst (the splitter being dragged) is written once it ends. */
  change(patch: Partial<Preferences>): void;
  /** Takes over what main had kept, at the start. */
  adopt(value: Preferences): void;
}

const quietMs = 300;
let timer: ReturnType<typeof setTimeout> | null = null;

export const usePreferences = create<PreferenceState>()((set, get) => ({
  value: { theme: 'dark', locale: 'zh-CN', fontScale: 100, splitter: 58, scope: null, views: [], keys: {} },
  adopt: (value) => set({ value }),
  change: (patch) => {
    set({ value: { ...get().value, ...patch } });
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      // A workstation whose disk is full still takes the change for this run.
      shellCall('savePreferences', get().value).catch(() => undefined);
    }, quietMs);
  },
}));
