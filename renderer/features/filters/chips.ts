import type { WorkFacet } from '../../../shared/model/case-filter.ts';
import type { DeskState } from '../../data/desk-store.ts';

/** One condition of the list that stands as a chip and can be taken away. */
export type Chip =
  | { kind: 'scope'; code: string; level: 'town' | 'village' }
  | { kind: 'source' | 'category' | 'campaign' | 'text'; value: string }
  | { kind: 'work'; value: WorkFacet }
  | { kind: 'cluster'; count: number; total: number };
export type ChipState = Pick<
  DeskState,
  'scope' | 'sources' | 'categories' | 'campaign' | 'work' | 'text' | 'caseIds' | 'clusterTotal'
>;
export type ChipPatch = Partial<ChipState>;

/** Chips from the widest condition to the narrowest; the last is the one that Esc takes away. */
export function chipsOf(state: ChipState): Chip[] {
  const { scope, sources, categories, campaign, work, text, caseIds, clusterTotal } = state;
  return [
    ...(scope.level === 'county' ? [] : [{ kind: 'scope', code: scope.code, level: scope.level } as const]),
    ...sources.map((value) => ({ kind: 'source', value }) as const),
    ...categories.map((value) => ({ kind: 'category', value }) as const),
    ...(campaign === null ? [] : [{ kind: 'campaign', value: campaign } as const]),
    ...(work === null ? [] : [{ kind: 'work', value: work } as const]),
    ...(text === '' ? [] : [{ kind: 'text', value: text } as const]),
    ...(caseIds === null
      ? []
      : [{ kind: 'cluster', count: caseIds.length, total: clusterTotal ?? caseIds.length } as const]),
  ];
}

/** What the desk looks like without the chip; `above` is the place that holds the chip's place. */
export function without(state: ChipState, chip: Chip, above: ChipState['scope']): ChipPatch {
  switch (chip.kind) {
    case 'scope':
      return { scope: above };
    case 'source':
      return { sources: state.sources.filter((one) => one !== chip.value) };
    case 'category':
      return { categories: state.categories.filter((one) => one !== chip.value) };
    case 'campaign':
      return { campaign: null };
    case 'work':
      return { work: null };
    case 'text':
      return { text: '' };
    case 'cluster':
      return { caseIds: null, clusterTotal: null };
    default:
      return chip satisfies never;
  }
}

/** What Esc takes away: the narrowest condition. A place is left by Backspace, so Esc never moves the map. */
export function lastChip(chips: readonly Chip[]): Chip | null {
  return chips.findLast((chip) => chip.kind !== 'scope') ?? null;
}
