import { cpus, totalmem } from 'node:os';

/** One measured number. `goal`: the most it may be. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  goal?: number;
  met?: boolean;
  /** The single measurements `value` is the median of, in the order they were taken. */
  samples?: number[];
  /** What a reader has to know to read it rightly. */
  note?: string;
}

export interface Report {
  suite: string;
  machine: { cpu: string; cores: number; memoryGiB: number; node: string; electron: string };
  commit: string;
  /** Load average of the last minute when the measuring began: above the number of cores, times say little. */
  loadBefore: number;
  figures: Figure[];
}

/** Middle value; of an even number of values the mean of the two in the middle. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  if (upper === undefined) throw new Error('no measurement to take the median of');
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

/** Rounded to four digits: more would claim a precision that the measuring does not have. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function figure(name: string, unit: string, value: number, more: { goal?: number; note?: string } = {}): Figure {
  const met = more.goal === undefined ? {} : { met: value <= more.goal };
  return { name, value: rounded(value), unit, ...more, ...met };
}

/** A figure that is the median of its measurements. */
export function medianFigure(name: string, unit: string, samples: readonly number[], note?: string): Figure {
  return {
    ...figure(name, unit, median(samples), note === undefined ? {} : { note }),
    samples: samples.map(rounded),
  };
}

/** The report as lines for a terminal: also what RESULTS.md holds. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, goal, met, samples, note }) => [
    name,
    `${value} ${unit}`.trim(),
    goal === undefined ? '' : `≤ ${goal}: ${met ? 'met' : 'missed'}`,
    [samples?.join(', '), note].filter(Boolean).join('; '),
  ]);
  const all = [['figure', 'median', 'goal', 'measurements'], ['---', '---', '---', '---'], ...rows];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function machineOf(electron: string): Report['machine'] {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    electron,
  };
}
