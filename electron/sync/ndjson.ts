import type { z } from 'zod';
import { Failure } from '../../shared/errors.ts';

/**
 * Lines of an NDJSON body, each checked. Throws Failure answerMalformed at a line that is not JSON or not of the schema, answerCut when the body breaks
 * off or ends inside a line. Whether the last line was the last is the caller's to know.
 */
export async function* parseLines<S extends z.ZodType>(
  chunks: AsyncIterable<Uint8Array>,
  schema: S,
): AsyncGenerator<z.output<S>> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // What came of a line so far. A line of many rows comes in many chunks, each looked at once.
  let begun: string[] = [];
  const parse = (line: string): z.output<S> => {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new Failure('answerMalformed', 'a line is not JSON', { retry: true, cause });
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new Failure('answerMalformed', `a line is not of the protocol: ${issue?.path.join('.')}`, { retry: true });
  };
  try {
    for await (const chunk of chunks) {
      const parts = decode(decoder, chunk).split('\n');
      const last = parts.pop() ?? '';
      for (const part of parts) {
        begun.push(part);
        const line = begun.join('');
        begun = [];
        if (line !== '') yield parse(line);
      }
      if (last !== '') begun.push(last);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('answerCut', 'the answer broke off', { retry: true, cause: error });
  }
  if (begun.length > 0) throw new Failure('answerCut', 'the answer ended inside a line', { retry: true });
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new Failure('answerMalformed', 'the answer is not UTF-8', { retry: true, cause });
  }
}
