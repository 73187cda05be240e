import { useMemo } from 'react';
import { z } from 'zod';
import { useShallow } from 'zustand/react/shallow';
import type { CaseFilter, Period } from '../../shared/model/case-filter.ts';
import { presetPeriods } from '../../shared/time/presets.ts';
import { startOfYear } from '../../shared/time/shanghai.ts';
import { useAsOf } from './clock.ts';
import { filterOf, type PeriodKey, useDesk } from './desk-store.ts';
import { useRegister } from './use-register.ts';

const statYearSchema = z.object({ from: z.int(), previousFrom: z.int() });

/** The period a preset stands for now. Open at its end: a case recorded in the running minute belongs to it. */
export function usePeriod(key: PeriodKey): Period {
  const at = useAsOf();
  const { settings } = useRegister();
  return useMemo(() => {
    const parsed = statYearSchema.safeParse(settings.statYear);
    const statYearFrom = parsed.success ? parsed.data.from : startOfYear(at);
    const { current } = presetPeriods(key, at, { fullPrevious: false, statYearFrom });
    return { from: current.from, to: null };
  }, [key, at, settings.statYear]);
}

/** The filter of the desk as it stands: everyone who shows numbers or rows asks with this one. */
export function useFilter(): CaseFilter {
  const at = useAsOf();
  const state = useDesk(
    useShallow(({ scope, metric, sources, categories, campaign, work, text, caseIds }) => ({
      scope,
      metric,
      sources,
      categories,
      campaign,
      work,
      text,
      caseIds,
    })),
  );
  const period = usePeriod(useDesk((desk) => desk.periodKey));
  return useMemo(() => filterOf({ ...useDesk.getState(), ...state }, period, at), [state, period, at]);
}
