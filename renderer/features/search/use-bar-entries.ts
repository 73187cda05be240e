import { useMemo } from 'react';
import { periodKeySchema } from '../../../shared/model/desk-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { registeredKeys, runHotkey } from '../../data/hotkeys.ts';
import { usePrinted, wordedKeys } from '../../data/keys.ts';
import { usePreferences } from '../../data/preferences.ts';
import { mayGive, refusalBefore } from '../../data/step-rules.ts';
import { keyOfStep, oneByOne, type StepName, stepKeys } from '../../data/steps.ts';
import { useQuery } from '../../data/use-query.ts';
import { useRegister } from '../../data/use-register.ts';
import { useSurroundings } from '../../data/use-surroundings.ts';
import { openView } from '../../data/views.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { type BarEntry, entriesFor, readBar } from './bar-entries.ts';

/** Keys that are no commands of the bar: they move, leave, open the bar itself, or stand there as a period or a view. */
const notListed = /^(?:\/|j|k|Enter|Escape|Backspace|Arrow\w+|Alt\+\d|Ctrl\+Shift\+\d)$/;
/** Keys of the registry that are about cases, beside the steps. */
const aboutCases: ReadonlySet<string> = new Set(['u', 'd']);
const names = Object.values<readonly StepName[]>(stepKeys).flat();

/** What the typed words name: commands on the cases, saved views, periods, places. */
export function useBarEntries(typed: string, caseIds: readonly string[]): BarEntry[] {
  const commands = useCommands(caseIds);
  const others = usePlaces();
  const { term, commandsOnly } = readBar(typed);
  const entries = [...commands, ...others];
  const texts = [...new Set(entries.map(({ name }) => name))].slice(0, 500);
  const { data: read } = useQuery('syllables', { texts }, []);
  const syllables = new Map(texts.map((text, index) => [text, read?.syllables[index] ?? []]));
  const { data: found } = useQuery('findVillages', term === '' || commandsOnly ? null : { text: term, limit: 5 }, [
    'village',
  ]);
  const villages = term === '' || commandsOnly ? [] : (found?.villages ?? []);
  return [
    ...entriesFor(typed, entries, syllables),
    ...villages.map(
      ({ id, name, townName }): BarEntry => ({
        id: `place-${id}`,
        kind: 'place',
        name: `${townName} ${name}`,
        key: null,
        refusal: null,
        run: () => useDesk.getState().narrow({ scope: { level: 'village', code: id } }),
      }),
    ),
  ];
}

function useCommands(caseIds: readonly string[]): BarEntry[] {
  const t = useWords('filters');
  const printed = usePrinted();
  const around = useSurroundings();
  const [only] = caseIds;
  const one = caseIds.length === 1 && only !== undefined ? { caseId: only } : null;
  const { data: detail } = useQuery('caseDetail', one, ['case']);
  const worded = useMemo(() => new Set(wordedKeys()), []);
  const inTheWay = (name: StepName): string | null => {
    if (caseIds.length === 0) return t('bar.noCase');
    if (caseIds.length > 1) return oneByOne.has(name) ? t('bar.oneOnly') : null;
    const refusal = detail && around && refusalBefore(detail, name, around);
    return refusal ? refusalText(refusal, t) : null;
  };
  const role = around?.operator.role;
  const steps = names
    .filter((name) => role !== undefined && mayGive(name, role))
    .map((name): BarEntry => {
      const key = keyOfStep(name);
      return {
        id: `step-${name}`,
        kind: 'command',
        name: t(`codes:command.${name}`),
        key: key && printed(key),
        refusal: inTheWay(name),
        run: () => useDesk.getState().set({ action: { kind: 'step', name, caseIds: [...caseIds] } }),
      };
    });
  const keys = registeredKeys()
    .filter(({ scope, key }) => (scope === 'desk' || scope === 'global') && worded.has(key))
    .filter(({ key }) => !notListed.test(key) && !Object.hasOwn(stepKeys, key))
    .map(
      ({ scope, key }): BarEntry => ({
        id: `key-${key}`,
        kind: 'command',
        name: t(`app:keys.${key}`),
        key: printed(key),
        refusal: aboutCases.has(key) && caseIds.length === 0 ? t('bar.noCase') : null,
        run: () => runHotkey(scope, key),
      }),
    );
  // What is done to cases comes before what is done to the desk.
  const first = keys.filter(({ id }) => aboutCases.has(id.slice('key-'.length)));
  return [...first, ...steps, ...keys.filter((entry) => !first.includes(entry))];
}

function usePlaces(): BarEntry[] {
  const t = useWords('filters');
  const register = useRegister();
  const views = usePreferences((state) => state.value.views);
  return [
    ...views.map(
      (one): BarEntry => ({
        ...{ id: `view-${one.id}`, kind: 'view', name: one.name, key: null, refusal: null },
        run: () => void openView(one.view, register),
      }),
    ),
    ...periodKeySchema.options.map(
      (periodKey, index): BarEntry => ({
        ...{ id: `period-${periodKey}`, kind: 'period', name: t(`app:period.${periodKey}`), refusal: null },
        key: `Alt+${index + 1}`,
        run: () => useDesk.getState().narrow({ periodKey }),
      }),
    ),
    ...[...register.towns.values()].map(
      ({ id, name }): BarEntry => ({
        ...{ id: `place-${id}`, kind: 'place', name, key: null, refusal: null },
        run: () => useDesk.getState().narrow({ scope: { level: 'town', code: id } }),
      }),
    ),
  ];
}
