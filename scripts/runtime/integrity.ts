import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What a file must hash to: `sha512-<base64>` as npm publishes it, or `sha256-<base64>`. */
export type Integrity = `sha512-${string}` | `sha256-${string}`;

/** A downloaded file is not what was published: cut short, altered on the way, or replaced. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
  constructor(what: string, expected: Integrity, actual: string) {
    super(`${what} is broken: expected ${short(expected)}, got ${short(actual)}`);
  }
}

/** Throws IntegrityError unless `file` hashes to `expected`; `what` names it for the person reading. */
export async function assertIntegrity(file: string, expected: Integrity, what: string): Promise<void> {
  const algorithm = expected.slice(0, expected.indexOf('-'));
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const actual = `${algorithm}-${hash.digest('base64')}`;
  if (actual !== expected) throw new IntegrityError(what, expected, actual);
}

/** The same promise for a checksum written in hexadecimal, as Electron publishes its SHA-256 sums. */
export function integrityFromHex(sha256: string): Integrity {
  return `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`;
}

function short(integrity: string): string {
  return `${integrity.slice(0, 19)}…`;
}
