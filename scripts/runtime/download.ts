import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { megabytes } from './progress.ts';

/** How long to wait for a server's answer: a machine that cannot reach it should know within seconds. */
const ANSWER_WITHIN_MS = 6000;
/** Slower than this per window counts as no connection: hours of waiting help nobody when there is another source. */
const WINDOW_MS = 30_000;
const BYTES_PER_WINDOW = 512 * 1024;

/**
 * Fetches `url` into `file`. Throws an Error naming the host when it does not answer, answers with anything but 200,
 * breaks off, or crawls. The content is not checked here: see assertIntegrity.
 */
export async function download(url: string, file: string, detail: (text: string) => void = () => {}): Promise<void> {
  const abort = new AbortController();
  const { host } = new URL(url);
  let timer = setTimeout(() => abort.abort(new Error('no answer within 6 s')), ANSWER_WITHIN_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    clearTimeout(timer);
    const total = Number(response.headers.get('content-length'));
    let received = 0;
    let before = 0;
    timer = setInterval(() => {
      if (received - before < BYTES_PER_WINDOW) abort.abort(new Error('the connection is too slow'));
      before = received;
    }, WINDOW_MS);
    await pipeline(
      Readable.fromWeb(response.body),
      async function* count(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          received += chunk.length;
          detail(total ? `${megabytes(received)} of ${megabytes(total)}` : megabytes(received));
          yield chunk;
        }
      },
      createWriteStream(file),
      { signal: abort.signal },
    );
  } catch (error) {
    throw new Error(`${host}: ${reason(abort.signal.aborted ? abort.signal.reason : error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** The most telling message of an error: fetch hides the network's own words in `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
