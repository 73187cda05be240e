import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download } from './download.ts';
import type { Integrity } from './integrity.ts';
import { climb, type Rung } from './ladder.ts';
import { mustRun } from './run.ts';

const ELECTRON = '#!/bin/sh\necho a small Electron\n';

let folder: string;
let cache: string;
let archive: Buffer;
let server: Server;
let requests: string[];
let said: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ladder-'));
  cache = join(folder, 'cache');
  mkdirSync(join(folder, 'made'));
  writeFileSync(join(folder, 'made', 'electron'), ELECTRON, { mode: 0o755 });
  await mustRun('tar', ['-czf', join(folder, 'made.tgz'), '-C', join(folder, 'made'), '.']);
  archive = readFileSync(join(folder, 'made.tgz'));
  requests = [];
  said = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/good') response.end(archive);
    else if (request.url === '/altered') response.end(gzipSync('something else entirely'));
    else if (request.url === '/flaky') response.end(requests.length === 1 ? archive.subarray(0, 40) : archive);
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': archive.length });
      response.write(archive.subarray(0, 50), () => response.destroy());
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function rung(path: string, key = `electron-from${path.replace('/', '-')}`): Rung {
  const { port } = server.address() as AddressInfo;
  return {
    name: `Electron from ${path}`,
    version: '1.2.3',
    key,
    integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}` as Integrity,
    executable: 'electron',
    fetch: (file, detail) => download(`http://127.0.0.1:${port}${path}`, file, detail),
    unpack: async (file, into) => {
      await mustRun('tar', ['-xzf', file, '-C', into]);
    },
  };
}

const climbAll = (...rungs: Rung[]) => climb(rungs, cache, (line) => said.push(line));

describe('the Electron runtime', () => {
  test('a broken download is named and the next source is used', async () => {
    const runtime = await climbAll(rung('/altered'), rung('/good'));
    expect(readFileSync(runtime.electronPath, 'utf8')).toBe(ELECTRON);
    expect(runtime.how).toMatch(/^Electron from \/good \(fetched, because .*\/altered is broken: expected sha512-/);
    expect(said.join()).toContain('The download of Electron from /altered is broken');
    expect(readdirSync(cache)).toEqual(['electron-from-good']);
  });

  test('a broken download from the only source is fetched again', async () => {
    const runtime = await climbAll(rung('/flaky'));
    expect(readFileSync(runtime.electronPath, 'utf8')).toBe(ELECTRON);
    expect(requests).toEqual(['/flaky', '/flaky']);
  });

  test('a connection that breaks off or a source that is not there leads to the next one', async () => {
    const runtime = await climbAll(rung('/cut'), rung('/missing'), rung('/good'));
    expect(runtime.how).toContain('HTTP 404');
    expect(requests).toEqual(['/cut', '/missing', '/good']);
  });

  test('when nothing works every reason is told and nothing is left in the cache', async () => {
    await expect(climbAll(rung('/altered'), rung('/missing'))).rejects.toThrow(/altered is broken.*HTTP 404/);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('a half-written cache is never used', async () => {
    const half = join(cache, 'electron-from-good');
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'electron'), 'half of an exec');
    const runtime = await climbAll(rung('/good'));
    expect(readFileSync(runtime.electronPath, 'utf8')).toBe(ELECTRON);
  });

  test('an archive without the executable is refused', async () => {
    const other = { ...rung('/good', 'other'), executable: 'electron.exe' };
    await expect(climbAll(other)).rejects.toThrow('electron.exe is missing');
    expect(existsSync(join(cache, 'other'))).toBe(false);
  });

  test('a second run asks nobody and says nothing', async () => {
    await climbAll(rung('/altered'), rung('/good'));
    requests.length = 0;
    said.length = 0;
    const runtime = await climbAll(rung('/altered'), rung('/good'));
    expect(runtime.how).toBe('Electron from /good (in the cache)');
    expect(requests).toEqual([]);
    expect(said).toEqual([]);
  });

  test('two runs at the same time both end with a whole runtime', async () => {
    const [one, two] = await Promise.all([climbAll(rung('/good')), climbAll(rung('/good'))]);
    expect(one.electronPath).toBe(two.electronPath);
    expect(readFileSync(one.electronPath, 'utf8')).toBe(ELECTRON);
    expect(readdirSync(cache)).toEqual(['electron-from-good']);
  });
});
