import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

const folder = join(root, 'resources', 'locales');

/** Languages there are texts in. */
export function languages(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** All texts of a language: "file:key.of.text" → text. Plural forms, which languages have in different number, as one key. */
export function textsOf(language: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'))) {
    collect(JSON.parse(readFileSync(join(folder, language, file), 'utf8')), `${file.replace('.json', '')}:`, texts);
  }
  return texts;
}

function collect(node: unknown, prefix: string, texts: Map<string, string>): void {
  if (typeof node === 'string') {
    texts.set(prefix.replace(/_(?:zero|one|two|few|many|other)$/, ''), node);
    return;
  }
  for (const [key, value] of Object.entries(node as Record<string, unknown>)) {
    collect(value, prefix.endsWith(':') ? prefix + key : `${prefix}.${key}`, texts);
  }
}

/** The values a text wants filled in, in order of their names. */
export function holesOf(text: string): string[] {
  return [...text.matchAll(/\{\{-?\s*([\w.]+)/g)].map(([, name = '']) => name).sort();
}
