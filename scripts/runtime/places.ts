import { homedir } from 'node:os';
import { join } from 'node:path';

/** The repository's root folder (this file sits two below it). */
export const projectRoot = join(import.meta.dirname, '..', '..');

/**
 * Where downloads and builds live between checkouts: outside node_modules, so that `npm ci` does not throw them away.
 * XIANYOU_CACHE_DIR overrides it.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.XIANYOU_CACHE_DIR) return env.XIANYOU_CACHE_DIR;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'xianyou-dispatch');
}
