import { createHash } from 'node:crypto';
import { contentText, type DigestMode, type DigestRange, digestAnswerSchema } from '../../shared/protocol/digest.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';
import { ask, type Desk } from './http-client.ts';
import type { Mirror } from './mirror.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

/** A mirror's rows as ranges, by the plain rule. */
export function rangesOf(mirror: Mirror, mode: DigestMode, length = 700): DigestRange[] {
  return syncTableNames.flatMap((table) => {
    const rows = mirror.entries().filter(([key]) => key.startsWith(`${table}:`));
    const parts = Array.from({ length: Math.max(1, Math.ceil(rows.length / length)) }, (_, n) =>
      rows.slice(n * length, (n + 1) * length).map(([, row]) => row),
    );
    return parts.map((part, n) => ({
      table,
      from: n === 0 ? '' : String(parts[n - 1]?.at(-1)?.id),
      to: n === parts.length - 1 ? null : String(part.at(-1)?.id),
      cursor: mirror.cursor,
      rows: part.length,
      digest: sha(
        part.map((row) => `${row.id} ${row.rev}${mode === 'content' ? ` ${sha(contentText(row))}` : ''}`).join('\n'),
      ),
    }));
  });
}

/** Ranges, `table/from`, that the server does not call equal; the server must stand still. */
export async function digestMisses(desk: Desk, mirror: Mirror): Promise<string[]> {
  const misses: string[] = [];
  for (const mode of ['revisions', 'content'] as const) {
    const all = rangesOf(mirror, mode);
    for (let start = 0; start < all.length; start += 20) {
      const ranges = all.slice(start, start + 20);
      const answer = await ask(desk.url, '/sync/digest', { mode, ranges }, desk.headers);
      for (const [n, verdict] of digestAnswerSchema.parse(answer.body).ranges.entries())
        if (verdict.state !== 'equal') misses.push(`${ranges[n]?.table}/${ranges[n]?.from} ${verdict.state}`);
    }
  }
  return misses;
}
