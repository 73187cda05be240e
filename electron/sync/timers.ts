/** Time as the loop sees it: injected, so that a test turns it by hand. */
export interface Timers {
  /** Calls once after `ms`; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
