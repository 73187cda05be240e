import { posix } from 'node:path';
import type { Source } from './sources.ts';

const FROM = /(?:^|[;}\n])\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g;
const BARE = /(?:^|[;}\n])\s*import\s*['"]([^'"]+)['"]/g;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a file imports: our own files as paths from the root, packages by their specifier. */
export function importsOf({ path, code }: Source): { own: string[]; packages: string[] } {
  const own: string[] = [];
  const packages: string[] = [];
  for (const pattern of [FROM, BARE, DYNAMIC]) {
    for (const [, specifier = ''] of code.matchAll(pattern)) {
      if (specifier.startsWith('.')) own.push(posix.join(posix.dirname(path), specifier.replace(/\?.*$/, '')));
      else packages.push(specifier);
    }
  }
  return { own, packages };
}
