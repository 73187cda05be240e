import { commandBatchSchema } from '../../../shared/protocol/commands.ts';
import { type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import { deskOperator } from './model-county.ts';
import { decide, type ModelState, newState, rowsOf } from './model-state.ts';

export interface Request {
  path: string;
  query: URLSearchParams;
  body: unknown;
  token: string | null;
}
/** An answer, its body made while it is sent: a snapshot reads each batch as it then stands. */
export interface Answer {
  status: number;
  body: Iterable<string>;
}

const accessMs = 90_000;
const rowsAMark = 12;

/** The central server as a workstation meets it, in memory: revisions, feed, snapshot, commands with stored answers, data set. */
export class ModelServer {
  state: ModelState;
  epoch = 'epoch-1';
  up = true;
  readonly listeners = new Set<(rev: number) => void>();
  /** Commands the server chokes on, and how many times more. */
  readonly chokes = new Map<string, number>();
  private readonly now: () => number;
  private backup: ModelState;
  private refreshTokens = new Map<string, { operator: number; before: string | null }>();
  private made = 0;

  constructor(now: () => number, cases: number) {
    this.now = now;
    this.state = newState(cases);
    this.backup = structuredClone(this.state);
  }

  keepBackup(): void {
    this.backup = structuredClone(this.state);
  }

  /** The backup becomes the data, under another name; sessions are gone. */
  restoreBackup(): void {
    this.state = structuredClone(this.backup);
    this.epoch = `epoch-${Number(this.epoch.slice(6)) + 1}`;
    this.refreshTokens = new Map();
  }

  /** Something outside the desks happens: intake, another desk, the messenger. */
  commit(work: (state: ModelState) => void): void {
    work(this.state);
    for (const tell of this.listeners) tell(this.state.rev);
  }

  handle(request: Request): Answer {
    const before = this.state.rev;
    try {
      return this.route(request);
    } finally {
      if (this.state.rev !== before) for (const tell of this.listeners) tell(this.state.rev);
    }
  }

  private route({ path, query, body, token }: Request): Answer {
    if (path === '/health') {
      const { epoch } = this;
      const health = { ok: true, product: 'xianyou-central', protocol: 1, epoch, rev: this.state.rev };
      return json({ ...health, serverTime: this.now() });
    }
    if (path === '/auth/login') return this.session(Number((body as { username: string }).username.slice(5)), null);
    if (path === '/auth/refresh') return this.refresh((body as { refreshToken: string }).refreshToken);
    const operator = this.operatorOf(token);
    if (operator === null) return problem(401, 'sessionExpired', null);
    if (path === '/sync/changes') return this.changes(Number(query.get('cursor')));
    if (path === '/sync/snapshot') return this.snapshot(query.get('at'), query.get('after'));
    if (path === '/sync/commands') return this.commands(operator, body);
    return problem(404, 'notFound', null);
  }

  private commands(operator: number, body: unknown): Answer {
    const results = [];
    for (const command of commandBatchSchema.parse(body).commands) {
      const left = this.chokes.get(command.id) ?? 0;
      this.chokes.set(command.id, left - 1);
      if (left > 0) return problem(500, 'internal', null);
      results.push(decide(this.state, deskOperator(operator), command, this.now()));
    }
    return json({ results, serverTime: this.now() });
  }

  private changes(cursor: number): Answer {
    const { rev, tombstones } = this.state;
    if (cursor > rev) return problem(409, 'cursorAhead', 'cursor');
    const lines = new Map<number, string[]>();
    const add = (at: number, line: object) => lines.set(at, [...(lines.get(at) ?? []), line_(line)]);
    for (const one of tombstones) if (one.rev > cursor) add(one.rev, { t: 'gone', ...one });
    for (const table of syncTableNames)
      for (const row of this.sorted(table)) if (row.rev > cursor) add(row.rev, { t: 'row', table, data: row });
    // Whole revisions, a few a page, so that catching up takes more than one.
    const revisions = [...lines.keys()].sort((a, b) => a - b);
    const page = revisions.slice(0, 8);
    const to = revisions.length > page.length ? (page.at(-1) as number) : rev;
    const end = { t: 'end', cursor: to, more: to < rev, epoch: this.epoch, serverTime: this.now() };
    return {
      status: 200,
      body: [...page.flatMap((at) => [...(lines.get(at) ?? []), line_({ t: 'commit', rev: at })]), line_(end)],
    };
  }

  private snapshot(at: string | null, after: string | null): Answer {
    if (at !== null && Number(at) > this.state.rev) return problem(409, 'cursorAhead', 'at');
    const from = at === null ? this.state.rev : Number(at);
    const counts = Object.fromEntries(syncTableNames.map((name) => [name, rowsOf(this.state, name).size]));
    const [table = null, id = ''] = after?.split(/:(.*)/) ?? [];
    const begin = line_({ t: 'begin', at: from, epoch: this.epoch, counts });
    return { status: 200, body: this.snapshotLines(begin, from, table as SyncTable | null, id) };
  }

  private *snapshotLines(begin: string, from: number, table: SyncTable | null, id: string): Generator<string> {
    yield begin;
    for (const name of syncTableNames.slice(table ? syncTableNames.indexOf(table) : 0)) {
      let last = name === table ? id : '';
      for (;;) {
        const rows = this.sorted(name)
          .filter((row) => row.id > last)
          .slice(0, rowsAMark);
        const end = rows.at(-1);
        if (!end) break;
        last = end.id;
        const lines = rows.map((row) => line_({ t: 'row', table: name, data: row }));
        yield [...lines, line_({ t: 'mark', after: `${name}:${last}` })].join('');
      }
    }
    yield line_({ t: 'end', cursor: from, more: false, serverTime: this.now() });
  }

  private sorted(table: SyncTable) {
    return [...rowsOf(this.state, table).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private session(operator: number, before: string | null): Answer {
    this.made += 1;
    const refreshToken = `refresh-${this.made}`;
    this.refreshTokens.set(refreshToken, { operator, before });
    const accessExpiresAt = this.now() + accessMs;
    const accessToken = `${operator}.${accessExpiresAt}.${this.epoch}`;
    return json({ accessToken, accessExpiresAt, refreshToken, operator: deskOperator(operator) });
  }

  /** A token counts until its successor is used. */
  private refresh(token: string): Answer {
    const known = this.refreshTokens.get(token);
    if (!known) return problem(401, 'sessionExpired', null);
    if (known.before) this.refreshTokens.delete(known.before);
    return this.session(known.operator, token);
  }

  /** The number of the operator behind a token; null: none that counts. */
  operatorOf(token: string | null): number | null {
    const [operator, until, epoch] = token?.split('.') ?? [];
    return epoch === this.epoch && Number(until) > this.now() ? Number(operator) : null;
  }
}

const line_ = (value: object) => `${JSON.stringify(value)}\n`;
const json = (value: object): Answer => ({ status: 200, body: [JSON.stringify(value)] });
export const problem = (status: number, kind: string, field: string | null): Answer => ({
  status,
  body: [JSON.stringify({ kind, message: kind, field, requestId: 'r' })],
});
