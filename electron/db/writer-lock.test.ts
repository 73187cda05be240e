import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRead } from './connection.ts';
import { markDamaged } from './heal/aside.ts';
import { openReplica } from './heal/open-replica.ts';
import { outboxCounts } from './outbox.ts';
import { fill, sampleInstant, sampleRegister, scratchFile } from './sample.test-support.ts';
import { lockOf } from './writer-lock.ts';

const tsx = createRequire(import.meta.url).resolve('tsx');
const now = () => sampleInstant;
const inUse = expect.objectContaining({ kind: 'replicaInUse' });
let file: string;
let other: ChildProcess | null = null;

beforeEach(() => {
  file = scratchFile();
});
afterEach(() => {
  other?.kill('SIGKILL');
  other = null;
});

/** Another program that has the replica open for writing. */
async function otherWriter(): Promise<ChildProcess> {
  const code = `import { openReplica } from ${JSON.stringify(join(import.meta.dirname, 'heal/open-replica.ts'))};
    const { db } = openReplica(${JSON.stringify(file)}, { now: () => Date.now() });
    console.log('open');
    setInterval(() => db.dataVersion(), 1000);`;
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', code]);
  other = child;
  await once(child.stdout, 'data');
  return child;
}

describe('one program writes the replica at a time', () => {
  test('a second is refused, whatever it wants to do with the file; it can read', async () => {
    await otherWriter();
    markDamaged(file, { reason: 'this would move it away', movedTo: null });
    expect(() => openReplica(file, { now, patienceMs: 0 })).toThrow(inUse);
    expect(existsSync(file)).toBe(true);
    const reader = openRead(file);
    expect(outboxCounts(reader)).toMatchObject({ pending: 0, rejected: 0 });
    reader.close();
  });

  test('the next comes in when the first is killed: nothing is left to be cleared away', async () => {
    const child = await otherWriter();
    child.kill('SIGKILL');
    const { db } = openReplica(file, { now });
    fill(db, sampleRegister());
    db.close();
    expect(statSync(lockOf(file)).size).toBe(0);
  });

  test('nor twice in one program; closing lets the next one in, and so does a failed opening', () => {
    const { db } = openReplica(file, { now });
    expect(() => openReplica(file, { now, patienceMs: 0 })).toThrow(inUse);
    db.close();
    openReplica(file, { now, patienceMs: 0 }).db.close();
    const broken = scratchFile();
    writeFileSync(broken, 'this was never a database, and it is longer than a header of one\n'.repeat(40));
    expect(() => openReplica(broken, { now })).toThrow(expect.objectContaining({ kind: 'replicaNotSqlite' }));
    rmSync(broken);
    openReplica(broken, { now, patienceMs: 0 }).db.close();
  });
});
