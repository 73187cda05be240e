import { protocolHeader, protocolVersion, serverTimeHeader } from '../../../shared/protocol/version.ts';
import type { Journal } from './journal.ts';
import { type Answer, problemAnswer, type Request } from './model-answer.ts';
import { type ModelServer, ServerDied } from './model-server.ts';
import { Pipe } from './pipe.ts';
import type { Chance } from './random.ts';
import type { Timeline } from './timeline.ts';

/** How bad the line is, as chances of one request. All 0: healed. */
export interface Weather {
  delay: number;
  duplicate: number;
  lostAnswer: number;
  cutBody: number;
}
export const fairWeather: Weather = { delay: 0, duplicate: 0, lostAnswer: 0, cutBody: 0 };

interface Connection {
  desk: string;
  /** Nobody at the desk hears any more. */
  mute: boolean;
  /** The other end is gone without a word: nothing comes any more. */
  halfOpen: boolean;
  over: boolean;
  break(reason: string): void;
}

/** The line between the desks and the server: it is the `fetch` of the real transport. */
export class Network {
  weather: Weather = fairWeather;
  /** Desks that are cut off: `refuse` answers so at once, `silent` swallows everything. */
  readonly partitions = new Map<string, 'refuse' | 'silent'>();
  /** The server's process ended within a request. */
  onServerDied: () => void = () => undefined;
  /** A desk has a whole answer; `rev`: where the server stood when it gave it. */
  onWhole: (desk: string, request: Request, status: number, rev: number) => void = () => undefined;
  /** Something of an answer is on its way that the server made while it stood at `rev`. */
  onPart: (desk: string, rev: number) => void = () => undefined;
  private connections: Connection[] = [];
  private incarnation = 0;
  private sent = 0;
  private readonly lastArrived = new Map<string, number>();
  private readonly timeline: Timeline;
  private readonly server: ModelServer;
  private readonly chance: Chance;
  private readonly journal: Journal;

  constructor(timeline: Timeline, server: ModelServer, chance: Chance, journal: Journal) {
    this.timeline = timeline;
    this.server = server;
    this.chance = chance;
    this.journal = journal;
  }

  fetchOf(desk: string): typeof fetch {
    return (input, init) => this.send(desk, new URL(String(input)), init ?? {});
  }

  /** The server's process ends: so does every connection, and what was still on its way never arrives. */
  stopServer(): void {
    this.server.up = false;
    this.incarnation += 1;
    this.server.listeners.clear();
    for (const one of this.connections.splice(0)) {
      // Who is cut off does not hear of the end either: the line stays half open until its silence is noticed.
      if (this.partitions.get(one.desk) === 'silent') one.halfOpen = true;
      else one.break('reset');
    }
  }

  /** The desk's process ends. What it sent still arrives. */
  muteDesk(desk: string): void {
    for (const one of this.connections) if (one.desk === desk) one.mute = true;
    this.connections = this.connections.filter((one) => one.desk !== desk);
  }

  private send(desk: string, url: URL, init: RequestInit): Promise<Response> {
    const order = ++this.sent;
    const { chance, timeline, journal } = this;
    const authorization = (init.headers as Record<string, string>).authorization;
    const request: Request = {
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      token: authorization?.slice('Bearer '.length) ?? null,
    };
    const name = `${desk} #${order} ${request.path}`;
    const pipe = new Pipe();
    return new Promise<Response>((resolve, reject) => {
      const connection: Connection = {
        desk,
        mute: false,
        halfOpen: false,
        over: false,
        break: (reason) => {
          if (connection.mute || connection.over) return;
          connection.over = true;
          const error = new Error(reason);
          // The reader of a body that waits hears it first: the line was open.
          reject(error);
          pipe.end(error);
        },
      };
      this.connections.push(connection);
      init.signal?.addEventListener('abort', () => connection.break('aborted'), { once: true });
      const late = chance.hits(this.weather.delay);
      const trip = late ? chance.between(1000, 30_000) : chance.between(1, 40);
      if (late) journal.fault('delay', `${name} ${trip}`);
      const born = this.incarnation;
      const copies = chance.hits(this.weather.duplicate) ? 2 : 1;
      timeline.after(trip, () => this.arrive(name, order, request, born, connection, pipe, resolve));
      if (copies === 2 && request.path !== '/sync/notices') {
        timeline.after(trip + chance.between(1, 20_000), () => {
          if (born !== this.incarnation || !this.server.up) return;
          journal.fault('duplicate', name);
          this.handled(request);
        });
      }
    });
  }

  /** Null: the server's process ended in the middle of it. */
  private handled(request: Request): Answer | null {
    try {
      return this.server.handle(request);
    } catch (error) {
      if (!(error instanceof ServerDied)) throw error;
      this.onServerDied();
      return null;
    }
  }

  private arrive(
    name: string,
    order: number,
    request: Request,
    born: number,
    connection: Connection,
    pipe: Pipe,
    resolve: (response: Response) => void,
  ): void {
    const { desk } = connection;
    const cut = this.partitions.get(desk);
    if (cut === 'silent') {
      this.journal.say(`${name} swallowed`);
      return;
    }
    if (cut === 'refuse' || !this.server.up || born !== this.incarnation) {
      connection.break('refused');
      return;
    }
    if ((this.lastArrived.get(desk) ?? 0) > order) this.journal.fault('reorder', name);
    this.lastArrived.set(desk, Math.max(order, this.lastArrived.get(desk) ?? 0));
    const { chance, timeline } = this;
    const notices = request.path === '/sync/notices';
    const answer = notices ? this.notices(request, connection, pipe) : this.handled(request);
    if (answer === null) return;
    const { rev } = this.server.state;
    this.journal.say(`${name} ${request.query.toString()} → ${answer.status}, rev ${rev}`);
    if (!notices && chance.hits(this.weather.lostAnswer)) {
      this.journal.fault('lostAnswer', name);
      if (chance.hits(0.5)) timeline.after(chance.between(1, 500), () => connection.break('lost'));
      return;
    }
    timeline.after(chance.between(1, 40), () => {
      if (connection.mute || connection.over || connection.halfOpen) return;
      if (this.partitions.has(desk)) return this.journal.say(`${name} answer swallowed`);
      const headers = new Headers({
        [protocolHeader]: String(protocolVersion),
        [serverTimeHeader]: String(this.server.now()),
      });
      const ok = answer.status < 400;
      resolve({ ok, status: answer.status, headers, body: pipe } as unknown as Response);
      if (!notices) this.stream(name, answer, connection, pipe, () => this.onWhole(desk, request, answer.status, rev));
    });
  }

  /** Sends a body chunk by chunk; it may be cut anywhere, also within a character. */
  private stream(
    name: string,
    answer: Answer,
    connection: Connection,
    pipe: Pipe,
    onWhole: () => void = () => undefined,
  ): void {
    const { chance, timeline } = this;
    const parts = answer.body[Symbol.iterator]();
    const cut = chance.hits(this.weather.cutBody);
    const step = () => {
      if (connection.mute || connection.over || connection.halfOpen || pipe.closed) return;
      if (this.partitions.has(connection.desk)) return this.journal.say(`${name} body swallowed`);
      const { value, done } = parts.next();
      if (done) {
        connection.over = true;
        onWhole();
        return pipe.end(null);
      }
      this.onPart(connection.desk, this.server.state.rev);
      const bytes = new TextEncoder().encode(value);
      if (cut && chance.hits(0.4)) {
        pipe.push(bytes.slice(0, chance.between(0, bytes.length - 1)));
        this.journal.fault('cutBody', name);
        if (chance.hits(0.5)) return connection.break('cut');
        connection.over = true;
        return pipe.end(null);
      }
      const at = chance.between(0, bytes.length);
      if (at > 0) pipe.push(bytes.slice(0, at));
      if (at < bytes.length) pipe.push(bytes.slice(at));
      timeline.after(chance.between(0, 8), step);
    };
    step();
  }

  private notices(request: Request, connection: Connection, pipe: Pipe): Answer {
    const signedIn = this.server.sessions.signedIn(request.token);
    if (signedIn === null) {
      const refused = problemAnswer(401, 'sessionExpired', null);
      this.timeline.after(50, () => this.stream('notices', refused, connection, pipe));
      return refused;
    }
    const { server, timeline } = this;
    const say = (text: string) => {
      if (connection.mute || connection.over || connection.halfOpen || pipe.closed)
        return server.listeners.delete(tell);
      if (!this.partitions.has(connection.desk)) pipe.push(new TextEncoder().encode(text));
      return true;
    };
    const tell = (rev: number) => {
      timeline.after(this.chance.between(1, 40), () =>
        say(`event: revision\ndata: ${JSON.stringify({ rev, serverTime: server.now() })}\n\n`),
      );
    };
    const beat = () => {
      if (server.listeners.has(tell) && say(': beat\n\n')) timeline.after(15_000, beat);
    };
    server.listeners.add(tell);
    tell(server.state.rev);
    timeline.after(15_000, beat);
    // The stream ends with the token it was opened with.
    timeline.after(Math.min(signedIn.until - server.now(), 600_000), () => {
      if (connection.mute || connection.over || connection.halfOpen || this.partitions.has(connection.desk)) return;
      server.listeners.delete(tell);
      connection.over = true;
      pipe.end(null);
    });
    return { status: 200, body: [] };
  }
}
