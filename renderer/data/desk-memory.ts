import { useEffect } from 'react';
import { countyScope, type Scope } from '../../shared/model/case-filter.ts';
import { useDesk } from './desk-store.ts';
import { usePreferences } from './preferences.ts';
import { useRegister } from './use-register.ts';

/** Opens the desk where it was left, and from now on remembers where it is. Called once, before the first screen. */
export function rememberScope(left: Scope | null): void {
  if (left !== null) useDesk.setState({ scope: left });
  useDesk.subscribe(({ scope }, before) => {
    if (scope !== before.scope) usePreferences.getState().change({ scope });
  });
}

/** A remembered place that the register does not have (another server, a village that was merged) gives way to the county. */
export function useScopeInRegister(): void {
  const { loaded, towns, villages } = useRegister();
  const scope = useDesk((desk) => desk.scope);
  useEffect(() => {
    const known = scope.level === 'county' || (scope.level === 'town' ? towns : villages).has(scope.code);
    if (loaded && !known) useDesk.getState().narrow({ scope: countyScope });
  }, [loaded, towns, villages, scope]);
}
