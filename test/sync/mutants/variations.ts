import type { Variation } from '../simulator/desk.ts';
import { pullsBehindQueue } from './reference-client.ts';

/** Something else than the product in its place: controls that have to fail. */
export const variations = {
  /** A client that brings no changes while its queue holds anything. */
  referenceClient: { transport: pullsBehindQueue },
  /** A disk that says it has written and has not. */
  lyingDisk: { lyingDisk: true },
} as const satisfies Record<string, Variation>;
export type VariationName = keyof typeof variations;
