import { appendFileSync } from 'node:fs';

/** `fetch` that notes each request in `logFile` as a JSON line before it is sent, like the page's guard does; the plain `fetch` without a file. */
export function notedFetch(logFile: string | undefined): typeof fetch {
  if (!logFile) return fetch;
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const line = { at: new Date().toISOString(), from: 'writer', allowed: true, url, method: init?.method ?? 'GET' };
    appendFileSync(logFile, `${JSON.stringify(line)}\n`);
    return fetch(input, init);
  };
}
