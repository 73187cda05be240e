import { type Breaks, classOf, rampIndex } from './classes.ts';
import type { AreaState } from './layers/areas.ts';

export interface AreaValue {
  /** A count, or a rate in tenths of a percent; null: there is none to show (no case to divide by). */
  value: number | null;
  /** The value as printed in the disc: 34, 97.4%. */
  text: string;
  /** Overdue cases, as the red badge; 0 shows none. */
  badge: number;
  /** Whole sentence for those who hear the screen: 榜头镇，未办结 34 件，逾期 3 件. */
  description: string;
}

/** The part of the map that keeps states of features. */
interface StateKeeper {
  setFeatureState(feature: { source: string; id: string }, state: AreaState): void;
  removeFeatureState(feature: { source: string; id: string }, key?: string): void;
}

const RAMP = 5;

/** Colours, hover and selection of areas as feature states; only what differs from the last time is sent. */
export class AreaPaint {
  readonly #keeper: StateKeeper;
  readonly #colors = new Map<string, number>();
  #hovered: string | null = null;
  #selected: ReadonlySet<string> = new Set();

  constructor(keeper: StateKeeper) {
    this.#keeper = keeper;
  }

  /** Colours these areas and no others. An area without a value is hatched. */
  color(codes: readonly string[], values: ReadonlyMap<string, AreaValue>, breaks: Breaks): void {
    const wanted = new Map(
      codes.map((code) => {
        const value = values.get(code)?.value ?? null;
        return [code, value === null ? -1 : rampIndex(classOf(value, breaks), breaks.length + 1, RAMP)];
      }),
    );
    for (const code of [...this.#colors.keys()])
      if (!wanted.has(code)) {
        this.#keeper.removeFeatureState(feature(code), 'color');
        this.#colors.delete(code);
      }
    for (const [code, color] of wanted)
      if (this.#colors.get(code) !== color) {
        this.#keeper.setFeatureState(feature(code), { color });
        this.#colors.set(code, color);
      }
  }

  /** True when the hovered area changed. */
  hover(code: string | null): boolean {
    if (code === this.#hovered) return false;
    if (this.#hovered !== null) this.#keeper.setFeatureState(feature(this.#hovered), { hover: false });
    if (code !== null) this.#keeper.setFeatureState(feature(code), { hover: true });
    this.#hovered = code;
    return true;
  }

  select(codes: ReadonlySet<string>): void {
    for (const code of this.#selected)
      if (!codes.has(code)) this.#keeper.setFeatureState(feature(code), { selected: false });
    for (const code of codes)
      if (!this.#selected.has(code)) this.#keeper.setFeatureState(feature(code), { selected: true });
    this.#selected = codes;
  }
}

/** Towns have nine digits, villages twelve. */
const feature = (code: string) => ({ source: code.length > 9 ? 'villages' : 'towns', id: code });
