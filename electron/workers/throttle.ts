import type { Timers } from '../sync/timers.ts';

/** Passes values on at most once per `everyMs`; the last one always arrives. */
export function throttled<T>(everyMs: number, timers: Timers, send: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | null = null;
  let resting = false;
  const rest = () => {
    resting = true;
    timers.after(everyMs, () => {
      resting = false;
      const held = waiting;
      waiting = null;
      if (held) {
        rest();
        send(held.value);
      }
    });
  };
  return (value) => {
    if (resting) {
      waiting = { value };
      return;
    }
    rest();
    send(value);
  };
}
