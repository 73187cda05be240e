import { Worker } from 'node:worker_threads';
import type { PackedTerms } from '../db/search/ahead.ts';
import type { TermsMaker } from '../sync/terms-ahead.ts';

/** Starts a thread that makes search lists from the replica `file`. `entry`: the built `make-terms.ts`, which only an entry point knows the place of. */
export function startTermsThread(entry: string, file: string): TermsMaker {
  const thread = new Worker(entry, { workerData: file });
  let waiting: { resolve(terms: PackedTerms): void; reject(error: Error): void } | null = null;
  let gone: Error | null = null;
  const end = (error: Error) => {
    gone = error;
    waiting?.reject(error);
    waiting = null;
  };
  thread.on('message', (terms: PackedTerms) => {
    waiting?.resolve(terms);
    waiting = null;
  });
  thread.on('error', (error) => {
    console.warn(`search lists are made without a thread: ${error.message}`);
    end(error);
  });
  thread.on('exit', () => end(new Error('the thread has ended')));
  return {
    make: (part) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        waiting = { resolve, reject };
        thread.postMessage(part);
      }),
    close: () => void thread.terminate(),
  };
}
