import { shellCall } from '../data/bridge.ts';

/** Errors nobody caught go into a local report; reporting never raises another. */
export function reportFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  shellCall('reportFault', { message: message.slice(0, 4000), stack: stack.slice(0, 20_000) }).catch(() => undefined);
}

export function reportUncaught(): void {
  window.addEventListener('error', (event) => reportFault(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => reportFault(event.reason));
}
