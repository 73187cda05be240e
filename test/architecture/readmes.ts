import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, root } from './sources.ts';

/** What in a README is written as code and reads as a path: it has a slash inside or ends like a file of ours. */
export function pathsNamedIn(text: string): string[] {
  const withoutBlocks = text.replace(/```[\s\S]*?```/g, '');
  return [...withoutBlocks.matchAll(/`([^`\n]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => /^[\w@.-]+(?:\/[\w@.-]*)+$|^[\w.-]+\.(?:tsx?|json|css|md|geojson|yml)$/.test(name))
    .filter((name) => !/^(?:application|text|image)\//.test(name));
}

const names = new Set(filesBelow(/./).flatMap((file) => file.split('/')));

/**
 * Whether the path exists, seen from the README's own folder or one above it, or is a package of node_modules. A bare
 * name may lie anywhere: the sentence around it has said where.
 */
export function exists(readme: string, path: string): boolean {
  const name = path.replace(/\/$/, '');
  if (!name.includes('/') && names.has(name)) return true;
  if (existsSync(join(root, 'node_modules', path))) return true;
  for (let folder = dirname(readme); ; folder = dirname(folder)) {
    if (existsSync(join(root, folder, path))) return true;
    if (folder === '.') return false;
  }
}
