import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { Chance } from '../simulator/random.ts';

export const damageKinds = ['tornPage', 'flippedBytes', 'truncated', 'zeroedRange', 'noise', 'misplacedPage'] as const;
export type DamageKind = (typeof damageKinds)[number];

const page = 4096;
const sector = 512;

/** What was done to which file. */
export interface Damage {
  kind: DamageKind;
  target: 'db' | 'wal';
  where: string;
}

/** Damages the replica's file or its write-ahead log as disks, cables and cut power do. */
export function spoil(file: string, chance: Chance): Damage {
  const wal = `${file}-wal`;
  const target = existsSync(wal) && statSync(wal).size > 0 && chance.hits(0.5) ? 'wal' : 'db';
  const path = target === 'wal' ? wal : file;
  const kind = chance.pick(damageKinds);
  if (kind === 'truncated') {
    const length = chance.between(0, statSync(path).size - 1);
    truncateSync(path, length);
    return { kind, target, where: `after ${length}` };
  }
  const bytes = readFileSync(path);
  const where = change(bytes, kind, chance);
  writeFileSync(path, bytes);
  return { kind, target, where };
}

function change(bytes: Buffer, kind: Exclude<DamageKind, 'truncated'>, chance: Chance): string {
  const pages = Math.floor(bytes.length / page);
  // The header and the schema are a few pages of hundreds: they get their share.
  const first = chance.hits(0.15) ? 0 : chance.between(0, pages - 1);
  const start = first * page;
  switch (kind) {
    case 'tornPage': {
      // Some sectors of the page are those of another moment, or were never written.
      const from = chance.between(0, page / sector - 1) * sector;
      const other = chance.between(0, pages - 1) * page;
      if (chance.hits(0.5)) bytes.copy(bytes, start + from, other + from, other + page);
      else bytes.fill(0, start + from, start + page);
      return `page ${first} from ${from}`;
    }
    case 'flippedBytes': {
      const times = chance.between(1, 8);
      const at = Array.from({ length: times }, () => start + chance.between(0, page - 1));
      for (const one of at) bytes[one] = (bytes[one] ?? 0) ^ chance.between(1, 255);
      return `${times} in page ${first}`;
    }
    case 'zeroedRange': {
      const from = start + chance.between(0, page - 1);
      const length = chance.between(1, 16 * page);
      bytes.fill(0, from, Math.min(bytes.length, from + length));
      return `${length} from ${from}`;
    }
    case 'noise': {
      const from = start + chance.between(0, page - 1);
      const to = Math.min(bytes.length, from + chance.between(1, 2 * page));
      for (let at = from; at < to; at += 1) bytes[at] = chance.between(0, 255);
      return `${to - from} from ${from}`;
    }
    case 'misplacedPage': {
      const other = chance.between(0, pages - 1);
      bytes.copy(bytes, start, other * page, (other + 1) * page);
      return `${other} over ${first}`;
    }
    default:
      return kind satisfies never;
  }
}
