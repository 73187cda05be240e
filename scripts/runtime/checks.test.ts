import { describe, expect, test } from 'vitest';
import { needsOwnBuild } from './addon-decision.ts';
import { asarOf } from './asar.ts';
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
