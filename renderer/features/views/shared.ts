import { create } from 'zustand';
import type { DeskView } from '../../../shared/model/desk-view.ts';

/** The view that was shared with this workstation last, and its name there: proposed while the desk still shows it. */
export const useShared = create<{ shared: { name: string; view: DeskView } | null }>()(() => ({ shared: null }));
