import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { Failure } from '../../shared/errors.ts';
import { rowsLineSchema } from '../../shared/protocol/feed.ts';
import type { PackedLine } from './transport.ts';

const lineFeed = 10;

/**
 * Lines of an NDJSON body, each checked. Throws Failure answerMalformed at a line that is not JSON or not of the schema, answerCut when the body breaks
 * off or ends inside a line. Whether the last line was the last is the caller's to know.
 */
export async function* parseLines<S extends z.ZodType>(
  chunks: AsyncIterable<Uint8Array>,
  schema: S,
): AsyncGenerator<z.output<S>> {
  for await (const line of splitLines(chunks)) yield parsed(line, schema);
}

/** The same, but lines of many rows stay as they came: whoever takes them reads them. */
export async function* parsePackedLines<S extends z.ZodType>(
  chunks: AsyncIterable<Uint8Array>,
  schema: S,
): AsyncGenerator<z.output<S> | PackedLine> {
  for await (const line of splitLines(chunks)) yield packedLine(line) ?? parsed(line, schema);
}

/** Without their line feeds, empty ones left out. A line of many rows comes in many chunks, each looked at once. */
async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) {
      let from = 0;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
        const line = joined(begun, chunk.subarray(from, at));
        begun = [];
        from = at + 1;
        if (line.length > 0) yield line;
      }
      if (from < chunk.length) begun.push(chunk.subarray(from));
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('answerCut', 'the answer broke off', { retry: true, cause: error });
  }
  if (begun.length > 0) throw new Failure('answerCut', 'the answer ended inside a line', { retry: true });
}

function joined(begun: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return begun.length === 0 ? last : Buffer.concat([...begun, last]);
}

function parsed<S extends z.ZodType>(line: Uint8Array, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(textOf(line));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('answerMalformed', 'a line is not JSON', { retry: true, cause });
  }
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const issue = found.error.issues[0];
  throw new Failure('answerMalformed', `a line is not of the protocol: ${issue?.path.join('.')}`, { retry: true });
}

function textOf(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch (cause) {
    throw new Failure('answerMalformed', 'the answer is not UTF-8', { retry: true, cause });
  }
}

const packedBegin = '{"t":"rows",';
const rowsBegin = ',"rows":[';
/** Table and names of columns are far shorter. */
const longestHead = 16_384;

/** Reads what stands before a line's rows; null for a line that has none, or not at its end as our server writes it. */
function packedLine(line: Uint8Array): PackedLine | null {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (bytes.toString('latin1', 0, packedBegin.length) !== packedBegin || !isUtf8(bytes)) return null;
  const end = bytes.subarray(0, longestHead).indexOf(rowsBegin);
  if (end < 0) return null;
  const head = rowsLineSchema.safeParse(parsedOrNull(`${bytes.toString('utf8', 0, end)}${rowsBegin}]}`));
  return head.success ? { t: 'packed', table: head.data.table, columns: head.data.columns, line } : null;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
