import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmsProvider } from './provider.ts';

/** Writes each SMS as a JSON file `<id>.json` into a folder: for demonstrations and tests, and for gateways that watch a folder. */
export function createFileProvider(folder: string): SmsProvider {
  return {
    async send(sms) {
      const path = join(folder, `${sms.id.replaceAll(/[^\w-]/g, '_')}.json`);
      try {
        await mkdir(folder, { recursive: true });
        // Renamed into place, so that a watcher never reads half a message.
        await writeFile(`${path}.part`, `${JSON.stringify(sms)}\n`, { mode: 0o600 });
        await rename(`${path}.part`, path);
        return { outcome: 'sent', delivered: true };
      } catch {
        return { outcome: 'unreachable' };
      }
    },
  };
}
