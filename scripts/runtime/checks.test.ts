import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needsOwnBuild } from './addon-decision.ts';
import { asarOf } from './asar.ts';
import { linkPostgresLibraries } from './postgres-links.ts';
import { missingPackages } from './system-packages.ts';

describe('what a machine lacks', () => {
  const status = [
    'Package: xvfb\nStatus: install ok installed\nVersion: 2',
    'Package: xauth\nStatus: deinstall ok config-files\nVersion: 1',
    'Package: libgtk-3-0t64\nStatus: install ok installed\nProvides: libgtk-3-0 (= 3.24.49-3), something',
  ].join('\n\n');

  test('packages that were removed count as missing, renamed ones do not', () => {
    expect(missingPackages(['xvfb', 'xauth', 'libgtk-3-0', 'libnss3'], status)).toEqual(['xauth', 'libnss3']);
  });

  test.each([
    ['v20.20.2', '45.4.1', true],
    ['v22.13.1', '45.4.1', true],
    ['v22.14.0', '36.0.0', false],
    ['v24.1.0', '45.4.1', false],
    ['v24.1.0', '33.2.1', true],
  ])('SQLite is compiled on Node %s with Electron %s: %s', (node, electron, expected) => {
    expect(needsOwnBuild(node, electron)).toBe(expected);
  });

  test('the database libraries are linked once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'links-'));
    mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
    writeFileSync(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    expect(linkPostgresLibraries(folder)).toBe(1);
    expect(readFileSync(join(folder, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
    expect(linkPostgresLibraries(folder)).toBe(0);
  });

  test('an asar holds its files byte for byte behind its directory', () => {
    const archive = asarOf({ 'a.txt': '仙游', 'b.txt': 'second' });
    const jsonLength = archive.readUInt32LE(12);
    const directory = JSON.parse(archive.subarray(16, 16 + jsonLength).toString()).files;
    const start = 8 + archive.readUInt32LE(4);
    const read = (name: string) => {
      const offset = start + Number(directory[name].offset);
      return archive.subarray(offset, offset + directory[name].size).toString();
    };
    expect([read('a.txt'), read('b.txt')]).toEqual(['仙游', 'second']);
  });
});
