import { Client, type Pool } from 'pg';
import type { Logger } from 'pino';
import { revisionChannel } from '../db/in-revision.ts';
import { readMeta } from '../db/meta.ts';

const retryMs = 1000;
/** Channel of the trigger on accounts. */
const accountChannel = 'xianyou_account';

/** Tells whoever listens that a newer revision has been committed, or an account changed, by this process or another on the same database. */
export interface RevisionHub {
  /** Newest revision heard of. */
  latest(): number;
  /** Calls back on each newer revision until the returned function is called. */
  subscribe(listener: (rev: number) => void): () => void;
  /** Calls back with the id of each account whose reach changed or that is gone; null: it may be any, some may have been missed. */
  subscribeAccounts(listener: (accountId: string | null) => void): () => void;
  close(): Promise<void>;
}

/** Listens by the database's NOTIFY, which fires after a commit and only then. A lost connection is made again, and what was missed is told. */
export async function createRevisionHub(pool: Pool, databaseUrl: string, log: Logger): Promise<RevisionHub> {
  const listeners = new Set<(rev: number) => void>();
  const accountListeners = new Set<(accountId: string | null) => void>();
  let latest = (await readMeta(pool)).rev;
  let client: Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | null = null;

  function heard(rev: number): void {
    if (rev <= latest) return;
    latest = rev;
    for (const listener of listeners) listener(rev);
  }

  async function connect(): Promise<void> {
    const next = new Client({ connectionString: databaseUrl, application_name: 'xianyou-central notices' });
    next.on('notification', ({ channel, payload = '' }) => {
      if (channel === accountChannel) for (const listener of accountListeners) listener(payload);
      else heard(Number(payload));
    });
    next.on('error', (error) => {
      log.warn({ err: error }, 'the notice connection was lost');
      reconnect(next);
    });
    await next.connect();
    await next.query(`LISTEN ${revisionChannel}`);
    await next.query(`LISTEN ${accountChannel}`);
    client = next;
    heard((await readMeta(pool)).rev);
    for (const listener of accountListeners) listener(null);
  }

  function reconnect(lost: Client | null): void {
    if (lost === client) client = null;
    if (closed || retry !== null) return;
    retry = setTimeout(() => {
      retry = null;
      connect().catch((error: unknown) => {
        log.warn({ err: error }, 'the notice connection cannot be made yet');
        reconnect(null);
      });
    }, retryMs);
  }

  await connect();
  return {
    latest: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeAccounts(listener) {
      accountListeners.add(listener);
      return () => accountListeners.delete(listener);
    },
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      listeners.clear();
      accountListeners.clear();
      await client?.end().catch(() => undefined);
    },
  };
}
