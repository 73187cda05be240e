import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holesOf, languages, textsOf } from './architecture/locales.ts';
import { exists, pathsNamedIn } from './architecture/readmes.ts';
import { closedBorders, strayPackages, straySql, supportInProduct } from './architecture/rules.ts';
import { filesBelow, folders, root, sources } from './architecture/sources.ts';

const MOST_LINES = 400;
const MOST_README_LINES = 40;

// Put together here, so that this file does not find itself.
const UNFINISHED = new RegExp(
  [
    'TO' + 'DO',
    'FIX' + 'ME',
    'biome-' + 'ignore',
    'eslint-' + 'disable',
    '@ts-' + '(?:ignore|nocheck|expect-error)',
  ].join('|'),
);
const NOT_RUN =
  /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|fixme|skipIf|runIf|fails)\b|\btest\.(?:skip|fixme)\(/;

describe('the house', () => {
  test('folders import only what they may', () => {
    expect(sources.flatMap(closedBorders)).toEqual([]);
  });

  test('what supports tests is imported by tests only', () => {
    expect(sources.flatMap(supportInProduct)).toEqual([]);
  });

  test('packages are used only where they belong', () => {
    expect(sources.flatMap(strayPackages)).toEqual([]);
  });

  test('SQL lives in electron/db and central/db', () => {
    expect(sources.flatMap(straySql)).toEqual([]);
  });

  test('our imports name the file with its extension', () => {
    const bare = sources.flatMap(({ path, code }) =>
      [...code.matchAll(/\bfrom\s*'(\.[^']*)'/g)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !/\.(?:tsx?|json|css|geojson|m?js)(?:\?.*)?$/.test(specifier))
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(bare).toEqual([]);
  });

  test('only entry points ask where they lie: what they share is built into another folder', () => {
    const entries = /^electron\/(?:main\/index|workers\/(?:reader|writer|checker))\.ts$/;
    const asking = sources.filter(
      ({ path, code, isTest }) => /^electron\//.test(path) && !isTest && /import\.meta\.dirname/.test(code),
    );
    expect(asking.map(({ path }) => path).filter((path) => !entries.test(path))).toEqual([]);
  });

  test(`no file is longer than ${MOST_LINES} lines`, () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(long.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
  });

  test('what the user reads stands in the locales, not in the page', () => {
    const han = sources.filter(({ path, isTest }) => path.startsWith('renderer/') && !isTest);
    // Chinese sentences are also put together by their signs: those of a list or an end belong to the language too.
    const words = /\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/u;
    expect(han.filter(({ code }) => words.test(code)).map(({ path }) => path)).toEqual([]);
  });

  test('nothing is left unfinished, silenced or not run', () => {
    const ours = sources.filter(({ path }) => !path.startsWith('test/architecture'));
    expect(ours.filter(({ text }) => UNFINISHED.test(text)).map(({ path }) => path)).toEqual([]);
    expect(ours.filter(({ code, isTest }) => isTest && NOT_RUN.test(code)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the notes', () => {
  const readmes = filesBelow(/^README\.md$/);

  test('every major folder says what lives in it', () => {
    expect(folders.filter((folder) => folder !== 'resources' && !existsSync(join(root, folder, 'README.md')))).toEqual(
      [],
    );
  });

  test.each(readmes)(`%s is at most ${MOST_README_LINES} lines and names only paths that exist`, (readme) => {
    const text = readFileSync(join(root, readme), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_README_LINES);
    expect(pathsNamedIn(text).filter((path) => !exists(readme, path))).toEqual([]);
  });
});

describe('the languages', () => {
  const [first = '', ...others] = languages();

  test('there are Chinese and English', () => {
    expect(languages().sort()).toEqual(['en', 'zh-CN']);
  });

  test.each(others)(`%s has the same texts as ${first}, with the same values to fill in`, (language) => {
    const [here, there] = [textsOf(language), textsOf(first)];
    expect([...here.keys()].sort()).toEqual([...there.keys()].sort());
    const differing = [...here].filter(([key, text]) => `${holesOf(text)}` !== `${holesOf(there.get(key) ?? '')}`);
    expect(differing.map(([key]) => key)).toEqual([]);
    // Empty in both is a text that is deliberately not there.
    const half = [...here].filter(([key, text]) => (text === '') !== (there.get(key) === ''));
    expect(half.map(([key]) => key)).toEqual([]);
  });
});
