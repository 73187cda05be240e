export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

export const isDirection = (key: string): key is Direction => /^Arrow(Up|Down|Left|Right)$/.test(key);

/**
 * The next label in a direction on the screen, for moving among labels by arrow keys: near and straight ahead before far or aside. Null at
 * the edge.
 */
export function nextInDirection<T extends { x: number; y: number }>(
  from: T,
  all: readonly T[],
  direction: Direction,
): T | null {
  let best: T | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of all) {
    const dx = candidate.x - from.x;
    const dy = candidate.y - from.y;
    const [ahead, aside] =
      direction === 'ArrowRight'
        ? [dx, dy]
        : direction === 'ArrowLeft'
          ? [-dx, dy]
          : direction === 'ArrowDown'
            ? [dy, dx]
            : [-dy, dx];
    if (candidate === from || ahead <= 0 || Math.abs(aside) > 1.5 * ahead) continue;
    const cost = ahead + 2 * Math.abs(aside);
    if (cost < bestCost) [best, bestCost] = [candidate, cost];
  }
  return best;
}
