import { createHash } from 'node:crypto';

/** What happens to a schedule. */
export const faultKinds = [
  'partition',
  'delay',
  'duplicate',
  'lostAnswer',
  'cutBody',
  'reorder',
  'kill',
  'serverRestart',
  'rollback',
  'clockJump',
  'closedElsewhere',
  'caseGone',
  'choke',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The event log of one schedule, and the faults counted. */
export class Journal {
  readonly lines: string[] = [];
  readonly faults = new Map<FaultKind, number>();
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

  hash(): string {
    return createHash('sha256').update(this.lines.join('\n')).digest('hex');
  }
}
