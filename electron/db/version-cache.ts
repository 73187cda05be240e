import type { ReadDb } from './statements.ts';

/** Keeps answers about a file until somebody writes to it; the oldest go when there are too many. */
export class VersionCache<T> {
  private readonly size: number;
  private readonly files = new WeakMap<ReadDb, { version: string; answers: Map<string, T> }>();

  constructor(size: number) {
    this.size = size;
  }

  /** The answer known under `key`, or the one that `make` gives now. */
  get(db: ReadDb, key: string, make: () => T): T {
    const { answers } = this.current(db);
    if (answers.has(key)) return answers.get(key) as T;
    const answer = make();
    answers.set(key, answer);
    if (answers.size > this.size) answers.delete(answers.keys().next().value as string);
    return answer;
  }

  private current(db: ReadDb) {
    // What others committed, and what this connection itself wrote.
    const version = `${db.dataVersion()} ${db.get<{ n: number }>('SELECT total_changes() AS n')?.n}`;
    let known = this.files.get(db);
    if (known?.version !== version) {
      known = { version, answers: new Map() };
      this.files.set(db, known);
    }
    return known;
  }
}
