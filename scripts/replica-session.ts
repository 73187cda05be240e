import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type SessionStore, storedSessionSchema } from '../electron/sync/session.ts';

/** The session of the command line: a file only its owner reads, written whole or not at all. */
export function fileSession(file: string): SessionStore {
  return {
    load() {
      try {
        const parsed = storedSessionSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },
    save(session) {
      writeFileSync(`${file}.new`, JSON.stringify(session), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    clear() {
      rmSync(file, { force: true });
    },
  };
}
