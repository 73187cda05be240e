import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way. */
export type Fault =
  /** The server never sees it. */
  | 'refuse'
  /** The server does its work; the answer is lost. */
  | 'loseAnswer'
  /** The answer breaks off in its middle. */
  | 'cutAnswer';

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
    if (this.cut || order?.fault === 'refuse') {
      outgoing.destroy();
      order?.done();
      return;
    }
    this.open.add(outgoing);
    outgoing.once('close', () => this.open.delete(outgoing));
    const onward = request(
      new URL(path, this.target),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        answer.on('data', (chunk: Buffer) => {
          this.bytes += chunk.length;
        });
        if (order?.fault === 'loseAnswer') {
          answer.resume().once('end', () => {
            outgoing.destroy();
            order.done();
          });
        } else if (order?.fault === 'cutAnswer') {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.once('data', (chunk: Buffer) => {
            outgoing.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => outgoing.destroy());
            onward.destroy();
            order.done();
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
    incoming.pipe(onward);
  }
}
