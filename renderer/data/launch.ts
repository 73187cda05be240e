import { create } from 'zustand';
import type { ShellResult } from '../../shared/ipc/contract.ts';
import { onLaunchChanged, shellCall } from './bridge.ts';

export type LaunchInfo = ShellResult<'launchInfo'>;

/** What main knows of this start; asked again when main says that it changed. */
export const useLaunch = create<{ info: LaunchInfo | null }>()(() => ({ info: null }));

export async function loadLaunch(): Promise<LaunchInfo> {
  const info = await shellCall('launchInfo', {});
  useLaunch.setState({ info });
  return info;
}

onLaunchChanged(() => void loadLaunch());
