import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What this start was told by its environment. Paths are absolute. */
export interface LaunchConfig {
  serverUrl: string;
  demo: { username: string; password: string } | null;
  workstation: string;
  /** Folder of everything this workstation keeps; null: the system's usual place. */
  userData: string | null;
  marksFile: string | null;
  requestLog: string | null;
  updateFeed: string | null;
}

/** Reads the environment; empty values count as missing. */
export function launchConfigOf(env: NodeJS.ProcessEnv): LaunchConfig {
  const user = env.XIANYOU_DEMO_USER;
  return {
    serverUrl: (env.XIANYOU_CENTRAL_URL ?? '').replace(/\/+$/, ''),
    demo: user ? { username: user, password: env.XIANYOU_DEMO_PASSWORD ?? '' } : null,
    workstation: env.XIANYOU_WORKSTATION || hostname() || 'workstation',
    userData: env.XIANYOU_USER_DATA || null,
    marksFile: env.XIANYOU_MARKS || null,
    requestLog: env.XIANYOU_REQUEST_LOG || null,
    updateFeed: env.XIANYOU_UPDATE_FEED || null,
  };
}

const savedServerSchema = z.object({ serverUrl: z.url({ protocol: /^https?$/ }) });
const serverFile = (folder: string): string => join(folder, 'server.json');

/** Address that was typed on this workstation; empty when there is none or it cannot be read. */
export function savedServerUrl(folder: string): string {
  try {
    return savedServerSchema.parse(JSON.parse(readFileSync(serverFile(folder), 'utf8'))).serverUrl;
  } catch {
    return '';
  }
}

export function writeServerUrl(folder: string, serverUrl: string): void {
  writeFileSync(serverFile(folder), JSON.stringify({ serverUrl }));
}
