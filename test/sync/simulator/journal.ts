import { createHash } from 'node:crypto';

/** What happens to a schedule, as it is counted. */
export const faultKinds = [
  'partition',
  'delay',
  'duplicate',
  'reorder',
  'lostAnswer',
  'cutBody',
  'kill',
  'powerCut',
  'diskFull',
  'ioError',
  'clockJump',
  'serverClockJump',
  'serverRestart',
  'serverKill',
  'rollback',
  'rollbackUnnamed',
  'permission',
  'growth',
  'damage',
  'caseMoves',
  'closedElsewhere',
  'caseGone',
  'choke',
  'poison',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What a schedule broke. */
export const promises = {
  lost: 'I1, I2: an acknowledged command takes effect or stands refused',
  duplicated: 'I2: a command takes effect at most once',
  diverged: 'I3, I6, I7: after healing the replica is the server',
  disordered: 'I4: first in first out per desk and case',
  heldUp: 'I4: a command the server chokes on holds up no pull and no other case',
  overlay: 'I4: a case is shown as the server’s row with its open commands over it',
  vanished: 'I5: what counts stays on the screen',
  undone: 'I5: what was taken back in time never counts',
  unmended: 'I8: a difference is found and mended within ten minutes',
  mended: 'I3: comparing finds nothing to mend where nothing was damaged or restored',
  stuck: 'I9: after healing everything is drained in bounded time',
  crashed: 'I9: no failure of disk or line ends the process',
} as const;
export type PromiseName = keyof typeof promises;
export interface Problem {
  promise: PromiseName;
  text: string;
}
export const problem = (promise: PromiseName, text: string): Problem => ({ promise, text });

/** The event log of one schedule, and the faults counted. */
export class Journal {
  readonly lines: string[] = [];
  readonly faults = new Map<FaultKind, number>();
  readonly problems: Problem[] = [];
  private readonly now: () => number;
  private readonly start: number;

  constructor(now: () => number) {
    this.now = now;
    this.start = now();
  }

  say(line: string): void {
    this.lines.push(`${String(this.now() - this.start).padStart(8)} ${line}`);
  }

  fault(kind: FaultKind, line: string): void {
    this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
    this.say(`! ${kind} ${line}`);
  }

  broke(problems: readonly Problem[]): void {
    for (const { promise, text } of problems) this.say(`PROBLEM ${promise}: ${text}`);
    this.problems.push(...problems);
  }

  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex');
  }
}
