import { importsOf } from './imports.ts';
import type { Source } from './sources.ts';

/** Who may import whom, the most specific folder first. A folder may always import itself, and data from resources/. */
const MAY_IMPORT: readonly (readonly [folder: string, others: readonly string[]])[] = [
  ['shared', []],
  ['renderer/app', ['renderer/features', 'renderer/map', 'renderer/data', 'renderer/ui', 'shared']],
  ['renderer/features', ['renderer/map', 'renderer/data', 'renderer/ui', 'shared']],
  ['renderer/map', ['renderer/data', 'renderer/ui', 'shared']],
  ['renderer/data', ['shared']],
  ['renderer/ui', ['renderer/data', 'shared']],
  ['renderer', ['shared']],
  ['electron/preload', ['shared/ipc']],
  ['electron/main', ['shared']],
  ['electron/workers', ['electron/db', 'electron/sync', 'shared']],
  ['electron/sync', ['electron/db', 'shared']],
  ['electron/db', ['shared']],
  ['central', ['shared']],
  ['scripts', ['shared', 'central', 'electron', 'renderer']],
  ['test', ['shared', 'central', 'electron', 'renderer', 'scripts']],
];

/** Packages that only these places may use. */
const ONLY_IN: readonly (readonly [name: string, places: readonly string[]])[] = [
  ['electron', ['electron/main', 'electron/preload', 'test', 'scripts']],
  ['better-sqlite3', ['electron/db', 'test/bench', 'scripts/bench']],
  ['maplibre-gl', ['renderer/map/controller.ts']],
];

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** Imports across a border that is closed: "who → whom". */
export function closedBorders(source: Source): string[] {
  const rule = MAY_IMPORT.find(([folder]) => isBelow(source.path, folder));
  if (!rule) return [`${source.path} lies in no folder that the rules know`];
  const open = [rule[0], 'resources', ...rule[1]];
  return importsOf(source)
    .own.filter((target) => !open.some((folder) => isBelow(target, folder)) || crossesFeatures(source.path, target))
    .map((target) => `${source.path} → ${target}`);
}

/** What supports tests and is imported by what the user gets: "who → whom". */
export function supportInProduct(source: Source): string[] {
  if (source.isTest) return [];
  return importsOf(source)
    .own.filter((target) => /\.test-support\.tsx?$/.test(target))
    .map((target) => `${source.path} → ${target}`);
}

function crossesFeatures(from: string, to: string): boolean {
  const featureOf = (path: string) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1];
  const [here, there] = [featureOf(from), featureOf(to)];
  return here !== undefined && there !== undefined && here !== there;
}

/** Packages used where they have no business: "who uses what". */
export function strayPackages(source: Source): string[] {
  const { packages } = importsOf(source);
  const stray = packages.filter((specifier) => {
    if (specifier.endsWith('.css') && isBelow(source.path, 'renderer')) return false;
    const limit = ONLY_IN.find(([name]) => specifier === name || specifier.startsWith(`${name}/`));
    return limit !== undefined && !limit[1].some((place) => isBelow(source.path, place));
  });
  if (isBelow(source.path, 'shared') && !source.isTest) stray.push(...packages.filter((name) => name !== 'zod'));
  return stray.map((name) => `${source.path} uses ${name}`);
}

const STATEMENT =
  /^\s*(?:select\s[\s\S]*\sfrom\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(?:unique\s+)?(?:table|index|virtual|trigger|view)\s|alter\s+table\s|drop\s+table\s|with\s+\w+\s+as\s*\(|pragma\s)/i;
// central/embedded runs a database server and makes databases in it; what is in them is central/db's.
const SQL_PLACES = ['electron/db', 'central/db', 'central/embedded', 'test', 'scripts/bench'];

/** Strings that read as SQL outside the folders that own it. */
export function straySql({ path, strings, isTest }: Source): string[] {
  if (isTest || SQL_PLACES.some((place) => isBelow(path, place))) return [];
  return strings.filter((text) => STATEMENT.test(text)).map((text) => `${path}: ${text.trim().slice(0, 60)}`);
}
