/** One line to the person at the terminal. Standard error, so that commands with JSON on standard output stay clean. */
export type Say = (line: string) => void;

export const sayOnTerminal: Say = (line) => {
  process.stderr.write(`${line}\n`);
};

const FIRST_AFTER_MS = 1000;
const THEN_EVERY_MS = 5000;

/**
 * Runs `work` and reports on it as soon as it takes longer than a second: its label, then every five seconds the time
 * spent and what `detail` says. Shorter work stays silent.
 */
export async function withProgress<T>(
  say: Say,
  label: string,
  work: (detail: (text: string) => void) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
  let text = '';
  let spoke = false;
  let next = setTimeout(function tick() {
    say(spoke ? `  … ${label}: ${seconds()}${text && `, ${text}`}` : `${label} …`);
    spoke = true;
    next = setTimeout(tick, THEN_EVERY_MS);
  }, FIRST_AFTER_MS);
  try {
    const result = await work((detail) => {
      text = detail;
    });
    if (spoke) say(`${label}: done in ${seconds()}`);
    return result;
  } finally {
    clearTimeout(next);
  }
}

/** Bytes as a person reads them, in MB. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
