import { app } from 'electron';

/**
 * One app per user-data folder: a second start hands its arguments over to the first, which comes to the front. False: this process is the second one and has
 * to quit. Must run after the user-data folder is set.
 */
export function claimSingleInstance(onSecond: (argv: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv) => onSecond(argv));
  return true;
}
