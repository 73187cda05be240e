import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { Failure, type FailureKind, failureKinds } from '../../shared/errors.ts';
import { operatorSchema, sessionSchema } from '../../shared/protocol/auth.ts';
import { commandResultsSchema } from '../../shared/protocol/commands.ts';
import { digestAnswerSchema, rowsAnswerSchema } from '../../shared/protocol/digest.ts';
import { changeLineSchema, noticeSchema, snapshotLineSchema } from '../../shared/protocol/feed.ts';
import { healthSchema } from '../../shared/protocol/health.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { protocolHeader, protocolVersion, serverTimeHeader } from '../../shared/protocol/version.ts';
import { parseLines, parsePackedLines } from './ndjson.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { ServerTime, Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** Address of the central server, e.g. http://10.1.2.3:8080; empty: none is known. */
  serverUrl: string;
  /** This machine's clock, uncorrected. */
  clock: Clock;
  onServerTime(time: ServerTime): void;
  timers?: Timers;
  /** Longest silence inside a request, ms. */
  silenceMs?: number;
  fetch?: typeof fetch;
}

interface Call {
  method?: 'GET' | 'POST';
  token?: string;
  body?: unknown;
  signal: AbortSignal;
}

/** Pages of changes in one answer at most. */
const pagesAnAnswer = 20;
/** Longest silence of a notice stream: the server beats every 15 s. */
const noticeSilenceMs = 40_000;

/** The wire over HTTP/1.1. Goes nowhere but to the one server: a redirect is refused. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { clock, onServerTime, timers = systemTimers, silenceMs = 20_000 } = options;
  const send = options.fetch ?? fetch;

  /** Opens a request; `body` gives its chunks. Silence longer than `silence` ends it. */
  async function open(
    path: string,
    call: Call,
    silence = silenceMs,
  ): Promise<{ response: Response; body: AsyncIterable<Uint8Array> }> {
    if (options.serverUrl === '') throw new Failure('serverUnreachable', 'no server is known', { retry: true });
    const abort = new AbortController();
    const onAbort = () => abort.abort(call.signal.reason);
    if (call.signal.aborted) onAbort();
    call.signal.addEventListener('abort', onAbort, { once: true });
    let quiet = () => {};
    const watch = () => {
      quiet();
      quiet = timers.after(silence, () => abort.abort(new Failure('timeout', `${path}: silence`, { retry: true })));
    };
    const done = () => {
      quiet();
      call.signal.removeEventListener('abort', onAbort);
    };
    const failure = (cause: unknown, kind: FailureKind): Failure => {
      if (call.signal.aborted) return new Failure('cancelled', path, { cause });
      if (abort.signal.reason instanceof Failure) return abort.signal.reason;
      return cause instanceof Failure ? cause : new Failure(kind, `${path}: ${String(cause)}`, { retry: true, cause });
    };
    watch();
    let response: Response;
    try {
      const sentAt = clock.now();
      // Not by the signal alone: the platform forgets it when it collects the request while the answer is still to come.
      const sent = send(new URL(path, options.serverUrl), {
        method: call.method ?? 'GET',
        redirect: 'error',
        signal: abort.signal,
        headers: {
          [protocolHeader]: String(protocolVersion),
          ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      });
      sent.catch(() => undefined);
      response = await Promise.race([sent, aborted(abort.signal)]);
      const server = Number(response.headers.get(serverTimeHeader) ?? Number.NaN);
      if (Number.isSafeInteger(server)) onServerTime({ server, sentAt, receivedAt: clock.now() });
    } catch (error) {
      done();
      throw failure(error, 'serverUnreachable');
    }
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const reader = response.body?.getReader();
      const stop = () => void reader?.cancel(abort.signal.reason).catch(() => undefined);
      abort.signal.addEventListener('abort', stop, { once: true });
      try {
        if (abort.signal.aborted) stop();
        for (;;) {
          const read = await reader?.read();
          if (abort.signal.aborted) throw abort.signal.reason;
          if (!read || read.done) return;
          watch();
          yield read.value;
          // What the reader does with it is not the server's silence.
          watch();
        }
      } catch (error) {
        throw failure(error, 'answerCut');
      } finally {
        abort.signal.removeEventListener('abort', stop);
        stop();
        done();
      }
    }
    const body = chunks();
    if (!response.headers.has(protocolHeader)) {
      await body.return(undefined);
      throw new Failure('serverNotOurs', `${path}: status ${response.status} from another server`);
    }
    if (!response.ok) throw problemOf(response.status, await textOf(body));
    return { response, body };
  }

  async function json<S extends z.ZodType>(path: string, schema: S, call: Call): Promise<z.output<S>> {
    const { body } = await open(path, call);
    const parsed = schema.safeParse(parseJson(await textOf(body)));
    if (!parsed.success)
      throw new Failure('answerMalformed', `${path}: ${parsed.error.issues[0]?.path.join('.')}`, { retry: true });
    return parsed.data;
  }

  async function* lines<S extends z.ZodType>(path: string, schema: S, call: Call): AsyncGenerator<z.output<S>> {
    const { body } = await open(path, call);
    yield* parseLines(body, schema);
  }

  return {
    health: (signal) => json('/health', healthSchema, { signal }),
    login: (body, signal) => json('/auth/login', sessionSchema, { method: 'POST', body, signal }),
    refresh: (refreshToken, signal) =>
      json('/auth/refresh', sessionSchema, { method: 'POST', body: { refreshToken }, signal }),
    async logout(token, signal) {
      const { body } = await open('/auth/logout', { method: 'POST', token, signal });
      await textOf(body);
    },
    async *snapshot(token, from, signal) {
      const place = from === null ? '' : `&at=${from.at}&after=${encodeURIComponent(from.after)}`;
      const { body } = await open(`/sync/snapshot?rows=arrays${place}`, { token, signal });
      yield* parsePackedLines(body, snapshotLineSchema);
    },
    changes: (token, cursor, limit, signal) =>
      lines(`/sync/changes?cursor=${cursor}&limit=${limit}&pages=${pagesAnAnswer}&rows=arrays`, changeLineSchema, {
        token,
        signal,
      }),
    async notices(token, on, signal) {
      const { body } = await open('/sync/notices', { token, signal }, noticeSilenceMs);
      const parser = createParser({
        onEvent: (event) => {
          const operator = event.event === 'operator' ? operatorSchema.safeParse(parseJson(event.data)) : null;
          if (operator?.success) on.operator(operator.data);
          const notice = event.event === 'revision' ? noticeSchema.safeParse(parseJson(event.data)) : null;
          if (notice?.success) on.revision(notice.data.rev);
        },
      });
      const decoder = new TextDecoder();
      for await (const chunk of body) {
        on.sign();
        parser.feed(decoder.decode(chunk, { stream: true }));
      }
    },
    async commands(token, batch, signal) {
      const call: Call = { method: 'POST', token, body: batch, signal };
      return (await json('/sync/commands', commandResultsSchema, call)).results;
    },
    digest: (token, body, signal) => json('/sync/digest', digestAnswerSchema, { method: 'POST', token, body, signal }),
    rows: (token, body, signal) => json('/sync/rows', rowsAnswerSchema, { method: 'POST', token, body, signal }),
  };
}

/** Never resolves; rejects with the signal's reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The server's refusal as ours. 5xx and unknown kinds are `internal`, with the kind or status as detail. */
function problemOf(status: number, text: string): Failure {
  const parsed = problemSchema.safeParse(parseJson(text));
  if (!parsed.success) return new Failure('internal', `status ${status}`, { retry: true, detail: String(status) });
  const { kind, message, field } = parsed.data;
  if (status === 503) return new Failure('serverUnreachable', message, { retry: true, detail: '503' });
  if (isKind(kind)) return new Failure(kind, message, { retry: status >= 500, detail: field ?? undefined });
  return new Failure('internal', message, { retry: true, detail: kind });
}

function isKind(kind: string): kind is FailureKind {
  return (failureKinds as readonly string[]).includes(kind);
}
