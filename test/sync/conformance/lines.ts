import type { Json } from '../../builders/http-client.ts';

/** Data sets by the order in which they were heard of: each server invents names of its own. */
export class Names {
  private readonly known = new Map<string, string>();

  of(epoch: string): string {
    const [set = '', town] = epoch.split('.');
    const name = this.known.get(set) ?? `set-${this.known.size + 1}`;
    this.known.set(set, name);
    return town === undefined ? name : `${name}.${town}`;
  }
}

/**
 * An answer as comparable lines: keys in order, data sets by `names`, without a problem's words and the number of its request. Rows asked for by id and
 * ids that went have no order.
 */
export function linesOf(path: string, text: string, names: Names): string[] {
  const lines = text.split('\n').filter((one) => one !== '');
  return lines.map((one) => {
    const line = JSON.parse(one) as Json;
    if (typeof line.epoch === 'string') line.epoch = names.of(line.epoch);
    if (typeof line.kind === 'string') {
      delete line.message;
      delete line.requestId;
    }
    if (path === '/sync/rows' && Array.isArray(line.rows))
      line.rows = (line.rows as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (path === '/sync/digest' && Array.isArray(line.ranges))
      for (const verdict of line.ranges as { gone?: string[] }[]) verdict.gone?.sort();
    return JSON.stringify(inOrder(line));
  });
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
