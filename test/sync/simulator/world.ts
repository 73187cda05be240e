import type { SimDesk } from './desk.ts';
import type { Journal } from './journal.ts';
import type { ModelServer } from './model-server.ts';
import type { Network } from './network.ts';
import type { Timeline } from './timeline.ts';

/** Everything a step of a schedule can lay hands on. */
export interface World {
  timeline: Timeline;
  journal: Journal;
  server: ModelServer;
  network: Network;
  desks: readonly SimDesk[];
  /** Cases made so far. */
  cases: number;
  /** Ids of commands whose effect their desk had seen come back before a restore took it: a loss that no workstation can mend. */
  takenByRestore: Set<string>;
}

/** Few cases, so that desks and commands meet. */
export const someCase = (chance: { between(from: number, to: number): number }) =>
  `case-${String(chance.between(0, 7)).padStart(3, '0')}`;
