import { useMemo } from 'react';
import { useNow } from './clock.ts';
import type { Surroundings } from './step-rules.ts';
import { useRegister } from './use-register.ts';
import { useStatus } from './use-status.ts';

/** What the rules of the steps have to know beside the case; null while nobody is signed in. */
export function useSurroundings(): Surroundings | null {
  const operator = useStatus()?.operator ?? null;
  const at = useNow();
  const { villages, campaigns } = useRegister();
  return useMemo(() => operator && { operator, at, villages, campaigns }, [operator, at, villages, campaigns]);
}
