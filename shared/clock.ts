/** Gives the present instant, epoch milliseconds. Injected everywhere, so that tests and a server's corrected time can set it. */
export interface Clock {
  now(): number;
}
