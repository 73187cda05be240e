import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { partsOf } from './scan.ts';

export const root = join(import.meta.dirname, '..', '..');

export const folders = ['shared', 'electron', 'renderer', 'central', 'scripts', 'test', 'resources'] as const;

/** Paths, relative to the root, of all files below our folders whose name `matches`. */
export function filesBelow(matches: RegExp, ...below: readonly string[]): string[] {
  return (below.length > 0 ? below : folders).flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && matches.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
}

export interface Source {
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  /** What stands in quotes, one after the other. */
  readonly strings: readonly string[];
  readonly isTest: boolean;
}

/** Every TypeScript file of ours, read once. */
export const sources: readonly Source[] = filesBelow(/\.tsx?$/).map((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, ...partsOf(text), isTest: /\.test(?:-support)?\.tsx?$/.test(path) || path.startsWith('test/') };
});
