/** A request as the server's HTTP handlers get it. */
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

export const line = (value: object) => `${JSON.stringify(value)}\n`;
export const json = (value: object): Answer => ({ status: 200, body: [JSON.stringify(value)] });
export const problemAnswer = (status: number, kind: string, field: string | null): Answer => ({
  status,
  body: [JSON.stringify({ kind, message: kind, field, requestId: 'r' })],
});
