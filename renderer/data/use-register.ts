import { createContext, createElement, type ReactNode, useContext, useMemo } from 'react';
import { countyCode, type Scope } from '../../shared/model/case-filter.ts';
import type { Campaign, Town, Village } from '../../shared/model/register.ts';
import { useQuery } from './use-query.ts';

export interface Register {
  towns: ReadonlyMap<string, Town>;
  villages: ReadonlyMap<string, Village>;
  villagesOfTown: ReadonlyMap<string, readonly Village[]>;
  campaigns: readonly Campaign[];
  settings: Readonly<Record<string, unknown>>;
  /** False until the first rows are there. */
  loaded: boolean;
}

const empty: Register = {
  towns: new Map(),
  villages: new Map(),
  villagesOfTown: new Map(),
  campaigns: [],
  settings: {},
  loaded: false,
};
const RegisterContext = createContext<Register>(empty);

/** Asks for the register once and keeps it for everybody below. */
export function RegisterProvider({ children }: { children: ReactNode }) {
  const { data } = useQuery('register', {}, ['town', 'village', 'campaign', 'setting']);
  const register = useMemo<Register>(() => {
    if (!data) return empty;
    return {
      towns: new Map(data.towns.map((town) => [town.id, town])),
      villages: new Map(data.villages.map((village) => [village.id, village])),
      villagesOfTown: byTown(data.villages),
      campaigns: data.campaigns,
      settings: data.settings,
      loaded: data.towns.length > 0,
    };
  }, [data]);
  return createElement(RegisterContext, { value: register }, children);
}

function byTown(villages: readonly Village[]): Map<string, Village[]> {
  const groups = new Map<string, Village[]>();
  for (const village of villages) {
    const group = groups.get(village.townCode);
    if (group) group.push(village);
    else groups.set(village.townCode, [village]);
  }
  return groups;
}

export function useRegister(): Register {
  return useContext(RegisterContext);
}

/** Name of a place, as people say it; `county` is the county's own name in the language of the screen. */
export function placeName(register: Register, scope: Scope, county: string): string {
  if (scope.level === 'county') return county;
  const place = scope.level === 'town' ? register.towns.get(scope.code) : register.villages.get(scope.code);
  return place?.name ?? scope.code;
}

/** The scope and those above it, from the county down: the breadcrumb. */
export function pathOf(register: Register, scope: Scope): Scope[] {
  const county: Scope = { level: 'county', code: countyCode };
  switch (scope.level) {
    case 'county':
      return [county];
    case 'town':
      return [county, scope];
    case 'village': {
      const townCode = register.villages.get(scope.code)?.townCode;
      return townCode ? [county, { level: 'town', code: townCode }, scope] : [county, scope];
    }
    default:
      return scope.level satisfies never;
  }
}
