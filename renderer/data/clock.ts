import { useEffect, useState, useSyncExternalStore } from 'react';
import { onEvent } from './bridge.ts';

const tickMs = 15_000;
const minuteMs = 60_000;
let offsetMs = 0;
let current = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** The server's time, epoch ms: the workstation's clock corrected by what the writer measured. */
export function now(): number {
  return Date.now() + offsetMs;
}

/** The instant that figures are reckoned at: the start of the running minute, so that a question is not asked anew with every tick. */
export function asOf(at: number = now()): number {
  return Math.floor(at / minuteMs) * minuteMs;
}

function tell(): void {
  current = now();
  for (const listener of listeners) listener();
}

function plan(): void {
  timer = setTimeout(
    () => {
      tell();
      plan();
    },
    tickMs - (now() % tickMs),
  );
}

onEvent('syncStatus', (status) => {
  if (status.clockOffsetMs === offsetMs) return;
  const jumped = Math.abs(status.clockOffsetMs - offsetMs) > 1000;
  offsetMs = status.clockOffsetMs;
  if (jumped) tell();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    current = now();
    plan();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  };
}

/** The server's time; moves on every 15 s, on the quarter of the minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => current);
}

/** The server's time; moves on at every whole second before `until`, and stands still after it. For a countdown. */
export function useSecondsClock(until: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const left = until - now();
    if (left <= 0) return;
    // A little later than the second: a timer may be early.
    const wait = setTimeout(() => tick((n) => n + 1), (left % 1000) + 5);
    return () => clearTimeout(wait);
  });
  return now();
}

/** `asOf()` of the running minute. */
export function useAsOf(): number {
  return useSyncExternalStore(subscribe, () => asOf(current));
}
