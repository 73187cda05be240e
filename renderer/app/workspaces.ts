import { create } from 'zustand';

export const workspaces = ['analysis', 'desk', 'situation', 'followUp', 'evaluation'] as const;
/** The session and the settings stand apart, at the foot of the rail. */
export type Workspace = (typeof workspaces)[number] | 'session' | 'settings';
export type LaterWorkspace = Exclude<Workspace, 'desk' | 'settings'>;

interface ShellState {
  workspace: Workspace;
  open(workspace: Workspace): void;
  keySheet: boolean;
  show(patch: Partial<Pick<ShellState, 'keySheet'>>): void;
}

export const useShell = create<ShellState>()((set) => ({
  workspace: 'desk',
  keySheet: false,
  open: (workspace) => set({ workspace }),
  show: (patch) => set(patch),
}));
