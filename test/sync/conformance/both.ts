import { inRevision } from '../../../central/db/in-revision.ts';
import { readMeta, renewEpoch } from '../../../central/db/meta.ts';
import { accessLifeMs } from '../../../central/db/tokens.ts';
import { createLogger } from '../../../central/logger.ts';
import { loadSeed } from '../../../central/seed-load.ts';
import { createCentral, type RunningCentral } from '../../../central/server.ts';
import type { WireCommand } from '../../../shared/protocol/commands.ts';
import { type SyncRow, type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import type { Json } from '../../builders/http-client.ts';
import { Mirror } from '../../builders/mirror.ts';
import { evening, password, SetClock } from '../../builders/small-county.ts';
import { countyRows } from '../simulator/model-county.ts';
import { ModelServer } from '../simulator/model-server.ts';
import { commitGone, commitRows, rowsOf, tablesOfCase } from '../simulator/model-state.ts';
import { keepCopy, putBack } from './copies.ts';
import { linesOf, Names } from './lines.ts';

export interface Ask {
  path: string;
  query?: Record<string, string>;
  body?: unknown;
}
export interface Written {
  table: SyncTable;
  row: SyncRow<SyncTable>;
}
/** Number of a desk; a token of nobody; none at all. */
export type Who = number | string | null;

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Name of the data set each holds now, within what is asked of both. */
export const dataSetNow = 'the-data-set-as-it-is-now';
const withDataSet = (body: unknown, epoch: string) => JSON.stringify(body).replaceAll(dataSetNow, epoch);

const cases = 8;
const operators = [0, 1].map((n) => ({
  id: `operator-${n}`,
  username: `desk-${n}`,
  name: `测试${n}`,
  role: 'dispatcher' as const,
  townCode: null,
  password,
}));

/** The real central server on a real database and the simulator's model of it, led through the same life. */
export class Both {
  model: ModelServer;
  readonly differences: string[] = [];
  readonly sent: WireCommand[] = [];
  /** What a replica of each desk would hold, as of the last snapshot it asked. */
  readonly held: [Mirror | null, Mirror | null] = [null, null];
  /** Kinds of answers that came, and how often: requests that are all refused alike would prove nothing. */
  readonly kinds = new Map<string, number>();
  private readonly central: RunningCentral;
  private readonly clock: SetClock;
  private readonly tokens: string[] = [];
  /** Tokens of a sign-in, the real server's and the model's: all that were ever given. */
  private given: [Tokens, Tokens][] = [];
  private names: [Names, Names] = [new Names(), new Names()];
  private made = 0;

  private constructor(central: RunningCentral, clock: SetClock) {
    this.central = central;
    this.clock = clock;
    this.model = this.newModel();
  }

  static async open(databaseUrl: string): Promise<Both> {
    const clock = new SetClock();
    const rows = countyRows(cases);
    const chunks = syncTableNames.map((table) => ({
      table,
      rows: rows.filter((one) => one.table === table).map(({ row }) => row as SyncRow<SyncTable>),
    }));
    const central = await createCentral({
      databaseUrl,
      clock,
      log: createLogger('silent'),
      prepare: async (pool) => {
        await loadSeed(pool, { chunks, accounts: operators, intakeKeys: [] }, () => undefined);
      },
    });
    const both = new Both(central, clock);
    for (const { username } of operators) {
      const payload = { username, password, workstation: username };
      const answer = await central.app.inject({ method: 'POST', url: '/auth/login', payload });
      both.tokens.push((answer.json() as { accessToken: string }).accessToken);
    }
    await keepCopy(central.pool, 'at_first');
    return both;
  }

  /** Both as they were at first. */
  async reset(): Promise<void> {
    await putBack(this.central.pool, 'at_first');
    this.model = this.newModel();
    this.names = [new Names(), new Names()];
    this.sent.length = 0;
    this.held.fill(null);
    this.given = [];
    await this.keepBackup();
  }

  close(): Promise<void> {
    return this.central.close();
  }

  /** Asks both. What differs is noted; the lines are the real server's. */
  async ask(ask: Ask, who: Who): Promise<Json[]> {
    const [ours, theirs] = [await this.real(ask, who), this.modelled(ask, who)];
    const [real, model] = [ours, theirs].map(({ status, text }, n) => {
      const lines = linesOf(ask.path, text, this.names[n] as Names);
      return [String(status), ...lines];
    }) as [string[], string[]];
    this.compare(ask, who, real, model);
    const lines = real.slice(1).map((line) => JSON.parse(line) as Json);
    this.note(ask.path, ours.status, lines);
    return lines;
  }

  /** Signs in at both. */
  async signIn(desk: number): Promise<void> {
    const body = { username: `desk-${desk}`, password, workstation: `desk-${desk}` };
    await this.giveTokens({ path: '/auth/login', body }, { path: '/auth/login', body });
  }

  /** Asks both for the next tokens with one of those given, the last or the `back`-th before it, and whether those before it count now. */
  async renew(back: number): Promise<void> {
    const tokens = this.given.at(-1 - back);
    if (!tokens) return;
    const [real, model] = tokens.map(({ refreshToken }) => ({ path: '/auth/refresh', body: { refreshToken } }));
    await this.giveTokens(real as Ask, model as Ask);
    for (const [ours, theirs] of this.given.slice(-4)) {
      const ask = { path: '/sync/changes', query: { cursor: String(this.model.state.rev) } };
      const [first, second] = [await this.real(ask, ours.accessToken), this.modelled(ask, theirs.accessToken)];
      this.compare(ask, 'a given token', [String(first.status)], [String(second.status)]);
    }
  }

  private async giveTokens(real: Ask, model: Ask): Promise<void> {
    const answers = [await this.real(real, null), this.modelled(model, null)];
    const told = answers.map(({ status, text }) => {
      const { kind, operator, accessExpiresAt } = JSON.parse(text) as Json;
      return [String(status), JSON.stringify([kind, operator, accessExpiresAt])];
    });
    this.compare(real, null, told[0] ?? [], told[1] ?? []);
    const [ours, theirs] = answers.map(({ text }) => JSON.parse(text) as Json & Tokens);
    this.note(real.path, answers[0]?.status ?? 0, ours ? [ours] : []);
    if (ours?.refreshToken && theirs?.refreshToken) this.given.push([ours, theirs]);
  }

  /** A desk's replica is what a whole snapshot says. */
  hold(desk: number, lines: readonly Json[]): void {
    const mirror = new Mirror();
    mirror.apply(lines);
    this.held[desk as 0 | 1] = mirror;
  }

  async write(rows: readonly Written[]): Promise<void> {
    await inRevision(this.central.pool, async (revision) => {
      for (const { table, row } of rows) await revision.upsert(table, [row]);
    });
    this.model.commit((state) => commitRows(state, rows));
  }

  /** A case and all that hangs on it. */
  async remove(caseId: string): Promise<void> {
    const { state } = this.model;
    await inRevision(this.central.pool, async (revision) => {
      await revision.remove('case', [caseId]);
      for (const table of tablesOfCase) {
        const own = [...rowsOf(state, table).values()].filter((row) => 'caseId' in row && row.caseId === caseId);
        await revision.remove(
          table,
          own.map(({ id }) => id),
        );
      }
    });
    this.model.commit((now) => commitGone(now, caseId));
  }

  async moveOperator(desk: number, town: string | null): Promise<void> {
    const id = `operator-${desk}`;
    await this.central.pool.query('UPDATE account SET town_code = $2 WHERE id = $1', [id, town]);
    if (town === null) this.model.state.townOf.delete(id);
    else this.model.state.townOf.set(id, town);
  }

  async keepBackup(): Promise<void> {
    await keepCopy(this.central.pool, 'kept');
    this.model.keepBackup();
  }

  async restore(named: boolean): Promise<void> {
    const { pool } = this.central;
    const { epoch } = await readMeta(pool);
    await putBack(pool, 'kept');
    // The model has no backup from before the last new name that comes back without one, and with it the name before.
    if (named) await renewEpoch(pool);
    else await pool.query('UPDATE meta SET epoch = $1', [epoch]);
    // The model signs everybody out; the real server's tokens lie in its database, and may be of the backup.
    this.given = [];
    this.model.restoreBackup(named);
  }

  now(): number {
    return this.clock.now();
  }

  advance(ms: number): void {
    this.clock.at += ms;
  }

  newId(): string {
    this.made += 1;
    return `command-${String(this.made).padStart(8, '0')}`;
  }

  private newModel(): ModelServer {
    const model = new ModelServer(() => this.clock.now(), cases);
    model.sessions.accessMs = accessLifeMs;
    model.sizes = { rowsAMark: 1000, rowsAPage: Number.POSITIVE_INFINITY };
    this.clock.at = evening;
    return model;
  }

  private async real({ path, query, body }: Ask, who: Who): Promise<{ status: number; text: string }> {
    const token = typeof who === 'number' ? this.tokens[who] : who;
    const answer = await this.central.app.inject({
      method: body === undefined ? 'GET' : 'POST',
      url: query ? `${path}?${new URLSearchParams(query)}` : path,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      payload: body === undefined ? undefined : withDataSet(body, (await readMeta(this.central.pool)).epoch),
    });
    return { status: answer.statusCode, text: answer.payload };
  }

  private modelled({ path, query = {}, body }: Ask, who: Who): { status: number; text: string } {
    const token = typeof who === 'number' ? this.modelToken(who) : who;
    const asked = body === undefined ? body : (JSON.parse(withDataSet(body, this.model.epoch)) as unknown);
    const { status, body: parts } = this.model.handle({ path, query: new URLSearchParams(query), body: asked, token });
    return { status, text: [...parts].join('') };
  }

  /** The model's sessions are short and end with a restore: it is asked for a new one each time. */
  private modelToken(desk: number): string {
    const body = { username: `desk-${desk}`, password, workstation: `desk-${desk}` };
    const { body: parts } = this.model.handle({ path: '/auth/login', query: new URLSearchParams(), body, token: null });
    return (JSON.parse([...parts].join('')) as { accessToken: string }).accessToken;
  }

  private compare(ask: Ask, who: Who, real: readonly string[], model: readonly string[]): void {
    const at = Array.from({ length: Math.max(real.length, model.length) }).findIndex((_, n) => real[n] !== model[n]);
    if (at >= 0)
      this.differences.push(
        `${JSON.stringify(ask).slice(0, 400)} of ${who}, line ${at}:\nreal  ${real[at]}\nmodel ${model[at]}`,
      );
  }

  private note(path: string, status: number, lines: readonly Json[]): void {
    const count = (kind: string) => this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    count(`${path} ${status}`);
    for (const line of lines) {
      if (typeof line.kind === 'string') count(`${path} ${line.kind} ${line.field}`);
      if (line.t === 'gone' || line.t === 'commit' || line.t === 'rows' || line.t === 'row') count(`${path} ${line.t}`);
      if (line.t === 'end' && line.more === true) count('a page with more behind it');
      if (typeof line.epoch === 'string' && line.epoch.includes('.')) count(`${path} of a town`);
      for (const result of (line.results as Json[] | undefined) ?? [])
        count(result.duplicate === true ? 'duplicate' : String(result.reason ?? 'accepted'));
      for (const verdict of (line.ranges as Json[] | undefined) ?? [])
        count(`digest ${verdict.state}${'gone' in verdict ? ' gone' : ''}`);
    }
  }
}
