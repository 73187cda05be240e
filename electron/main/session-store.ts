import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { Log } from './log.ts';

const fileSchema = z.object({ sealed: z.boolean(), data: z.string() });
type Json = z.infer<ReturnType<typeof z.json>>;

/**
 * Keeps what the writer needs to sign in again, sealed by the system's key store. Where the system has none (Linux without a keyring) it is a
 * file only this user can read, and the log says so. Losing it loses nothing: the operator signs in again.
 */
export class SessionStore {
  private readonly file: string;
  private readonly log: Log;

  constructor(userData: string, log: Log) {
    this.file = join(userData, 'session.json');
    this.log = log;
  }

  /** Null when there is none or it can no longer be opened. */
  load(): Json {
    try {
      const { sealed, data } = fileSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
      const bytes = Buffer.from(data, 'base64');
      return z.json().parse(JSON.parse(sealed ? safeStorage.decryptString(bytes) : bytes.toString('utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn('session.unreadable', { reason: error instanceof Error ? error.name : 'unknown' });
      }
      return null;
    }
  }

  /** Null forgets it. */
  save(value: Json): void {
    if (value === null) {
      rmSync(this.file, { force: true });
      return;
    }
    const text = JSON.stringify(value);
    const sealed = hasKeyStore();
    if (!sealed) this.log.warn('session.notSealed', { reason: 'the system offers no key store', mode: '0600' });
    const data = (sealed ? safeStorage.encryptString(text) : Buffer.from(text)).toString('base64');
    writeFileSync(`${this.file}.new`, JSON.stringify({ sealed, data }), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Chromium's `basic_text` is a password everybody knows: not a key store. */
function hasKeyStore(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
