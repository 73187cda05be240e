import { writeFileSync } from 'node:fs';

export type Moment = 'mainStart' | 'appReady' | 'windowCreated' | 'portsHanded' | 'firstContent' | 'firstHandledClick';

/** Writes the moments of a start (epoch ms, fractions kept) into a JSON file, for the measuring of starts; does nothing without a file. */
export class Marks {
  private readonly moments: Partial<Record<Moment | 'processCreated', number>> = {};
  private readonly file: string | null;

  constructor(file: string | null) {
    this.file = file;
    const created = process.getCreationTime();
    if (created !== null) this.moments.processCreated = created;
  }

  /** The first time counts. */
  mark(moment: Moment): void {
    if (this.file === null || this.moments[moment] !== undefined) return;
    this.moments[moment] = performance.timeOrigin + performance.now();
    writeFileSync(this.file, JSON.stringify(this.moments));
  }
}
