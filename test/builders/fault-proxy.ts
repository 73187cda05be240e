import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way. */
export type Fault =
  /** The server never sees it. */
  | 'refuse'
  /** The server does its work; the answer is lost. */
  | 'loseAnswer'
  /** The answer breaks off in its middle. */
  | 'cutAnswer'
  /** It reaches the server `delayMs` later. */
  | 'delay'
  /** The server gets it twice at once; the second answer counts. */
  | 'duplicate'
  /** The line breaks, and `delayMs` later the request reaches the server all the same. */
  | 'late';

/**
 * Stands between a workstation and its server and breaks what it is told to, at HTTP's level: so a test can lose exactly the answer that followed a
 * commit. Without orders it passes everything through, streams included.
 */
export class FaultProxy {
  target = '';
  /** Paths of the requests that came, in order. */
  readonly seen: string[] = [];
  /** Bytes of the answers that passed, heads apart. */
  bytes = 0;
  delayMs = 300;
  /** Asked for each request without an order; null lets it pass. */
  weather: ((method: string, path: string) => Fault | null) | null = null;
  /** Requests that met a fault of the weather, by fault. */
  readonly met = new Map<Fault, number>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly server: Server;
  private readonly orders: { path: string; fault: Fault; done: () => void }[] = [];
  private cut = false;
  private readonly open = new Set<ServerResponse>();

  private constructor(server: Server) {
    this.server = server;
  }

  static async listen(): Promise<FaultProxy> {
    const server = createServer();
    const proxy = new FaultProxy(server);
    server.on('request', (incoming, outgoing) => proxy.pass(incoming, outgoing));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next request whose path starts with `path` meets the fault; resolves when it has. */
  next(path: string, fault: Fault): Promise<void> {
    return new Promise((done) => this.orders.push({ path, fault, done }));
  }

  /** Cuts the line: open streams break, new requests are refused, until `heal`. */
  partition(): void {
    this.cut = true;
    for (const response of this.open) response.destroy();
  }

  heal(): void {
    this.cut = false;
  }

  /** Resolves when no late request and no first of two is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    this.server.closeAllConnections();
    await closed;
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    this.seen.push(path);
    const index = this.orders.findIndex((order) => path.startsWith(order.path));
    const order = index < 0 ? undefined : this.orders.splice(index, 1)[0];
    const fault = this.cut ? 'refuse' : (order?.fault ?? this.weather?.(incoming.method ?? 'GET', path) ?? null);
    if (fault !== null && !order && !this.cut) this.met.set(fault, (this.met.get(fault) ?? 0) + 1);
    switch (fault) {
      case 'refuse':
        outgoing.destroy();
        order?.done();
        return;
      case 'delay':
        setTimeout(() => {
          if (this.cut || outgoing.destroyed) outgoing.destroy();
          else this.forward(incoming, outgoing, path, null);
        }, this.delayMs);
        return;
      case 'late':
      case 'duplicate':
        this.again(incoming, outgoing, path, fault === 'late').catch(() => outgoing.destroy());
        order?.done();
        return;
      default:
        this.forward(incoming, outgoing, path, fault, order?.done);
    }
  }

  /** A request that reaches the server apart from what its sender waits for. */
  private async again(incoming: IncomingMessage, outgoing: ServerResponse, path: string, late: boolean): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const head = { method: incoming.method, headers: incoming.headers };
    if (late) outgoing.destroy();
    const unheard = new Promise<void>((done) => {
      const send = () => {
        const onward = request(new URL(path, this.target), head, (answer) => answer.resume().once('close', done));
        onward.once('error', () => done());
        onward.end(body);
      };
      if (late) setTimeout(send, this.delayMs);
      else send();
    });
    this.underWay.add(unheard);
    unheard.then(
      () => this.underWay.delete(unheard),
      () => undefined,
    );
    if (!late) this.forward(incoming, outgoing, path, null, undefined, body);
  }

  private forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    path: string,
    fault: Fault | null,
    done?: () => void,
    body?: Buffer,
  ): void {
    this.open.add(outgoing);
    outgoing.once('close', () => this.open.delete(outgoing));
    const onward = request(
      new URL(path, this.target),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        answer.on('data', (chunk: Buffer) => {
          this.bytes += chunk.length;
        });
        if (fault === 'loseAnswer') {
          answer.resume().once('close', () => {
            outgoing.destroy();
            done?.();
          });
        } else if (fault === 'cutAnswer') {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.once('data', (chunk: Buffer) => {
            outgoing.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => outgoing.destroy());
            onward.destroy();
            done?.();
          });
        } else {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          answer.once('error', () => outgoing.destroy());
        }
      },
    );
    onward.once('error', () => outgoing.destroy());
    outgoing.once('close', () => onward.destroy());
    if (body) onward.end(body);
    else incoming.pipe(onward);
  }
}
