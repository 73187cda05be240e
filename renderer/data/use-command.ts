import { useCallback, useState } from 'react';
import { Failure } from '../../shared/errors.ts';
import type { CommandArgs, CommandName, CommandResultOf } from '../../shared/ipc/contract.ts';
import { command } from './bridge.ts';

/** Runs a command of the writer. `run` resolves to null after a failure, which stays in `failure` until the next run. */
export function useCommand<N extends CommandName>(name: N) {
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = useCallback(
    async (args: CommandArgs<N>): Promise<CommandResultOf<N> | null> => {
      setRunning(true);
      setFailure(null);
      try {
        return await command(name, args);
      } catch (error) {
        setFailure(error instanceof Failure ? error : new Failure('internal', String(error)));
        return null;
      } finally {
        setRunning(false);
      }
    },
    [name],
  );
  return { run, running, failure };
}
