import type { FromWorker } from '../../shared/ipc/worker.ts';
import { markDamaged } from '../db/heal/aside.ts';
import { asDamage, isDamage } from '../db/heal/damage.ts';
import type { Handlers } from './serve-port.ts';

/** Marks the replica as damaged, so that the writer's next start makes it anew, and tells main; once. */
export function damageReporter(file: string, toMain: (message: FromWorker) => void): (reason: string) => void {
  let told = false;
  return (reason) => {
    if (told) return;
    told = true;
    console.warn(`the replica is damaged: ${reason}`);
    markDamaged(file, { reason, movedTo: null });
    toMain({ type: 'damaged', reason });
  };
}

/** The same handlers; stored data that one of them cannot read is told of. */
export function watched(handlers: Handlers, onDamage: (reason: string) => void): Handlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (args: never) => {
        try {
          return handler(args);
        } catch (error) {
          const failure = asDamage(error);
          if (isDamage(failure)) onDamage(failure.message);
          throw failure;
        }
      },
    ]),
  );
}
