import { lazy, Suspense } from 'react';
import { firstContent } from '../first-content.ts';

/** Longest the map waits for the queue: an empty or failing queue must not keep it away, ms. */
const longestWaitMs = 2000;

/**
 * The map, whose code and first frame take as long as everything else together. On a start it comes when the queue has been drawn and the page is
 * idle, so that the most urgent case can be opened first; afterwards at once.
 */
const MapPane = lazy(async () => {
  await Promise.race([firstContent, new Promise((done) => setTimeout(done, longestWaitMs))]);
  await new Promise<void>((done) => requestIdleCallback(() => done(), { timeout: longestWaitMs }));
  return { default: (await import('./MapPane.tsx')).MapPane };
});

/** `top`: pixels that the tiles cover at the map's upper edge. */
export function LateMapPane({ top }: { top: number }) {
  return (
    <Suspense fallback={null}>
      <MapPane top={top} />
    </Suspense>
  );
}
