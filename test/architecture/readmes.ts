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

/**
 * Whether the path exists, seen from the README's own folder or from the root, or is a package of node_modules. A bare
 * name may lie in any folder below: the sentence around it has named that.
 */
export function exists(readme: string, path: string): boolean {
  const name = path.replace(/\/$/, '');
  const below = filesBelow(/./, dirname(readme));
  if (!name.includes('/') && below.some((file) => file.split('/').includes(name))) return true;
  return [join(root, dirname(readme), path), join(root, path), join(root, 'node_modules', path)].some(existsSync);
}
