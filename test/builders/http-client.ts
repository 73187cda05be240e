import { ulid } from 'ulid';
import { z } from 'zod';
import { type Session, sessionSchema } from '../../shared/protocol/auth.ts';
import { type CommandResult, commandResultsSchema, type WireCommand } from '../../shared/protocol/commands.ts';
import { evening, intakeKey, password } from './small-county.ts';

export type Json = Record<string, unknown>;
export interface Answer {
  status: number;
  body: Json;
  headers: Headers;
}

/** One JSON request; a body that is no JSON object reads as {}. */
export async function ask(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const parsed = z
    .record(z.string(), z.unknown())
    .safeParse(text.startsWith('{') && !text.includes('\n') ? JSON.parse(text) : {});
  return { status: answer.status, body: parsed.data ?? {}, headers: answer.headers };
}

/** An operator at a workstation, as plain HTTP. */
export class Desk {
  constructor(
    readonly url: string,
    readonly session: Session,
  ) {}

  static async signIn(url: string, username = 'dispatcher'): Promise<Desk> {
    const answer = await ask(url, '/auth/login', { username, password, workstation: 'desk-1' });
    return new Desk(url, sessionSchema.parse(answer.body));
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.session.accessToken}` };
  }

  command(caseId: string, name: string, args: unknown, more: Partial<WireCommand> = {}): WireCommand {
    const operatorId = this.session.operator.id;
    return {
      id: ulid(),
      name,
      args,
      caseId,
      issuedAt: evening,
      operatorId,
      workstation: 'desk-1',
      baseRev: 1,
      ...more,
    };
  }

  async send(...commands: WireCommand[]): Promise<CommandResult[]> {
    const answer = await ask(this.url, '/sync/commands', { commands }, this.headers);
    return commandResultsSchema.parse(answer.body).results;
  }

  get(path: string): Promise<Answer> {
    return ask(this.url, path, undefined, this.headers);
  }

  /** Lines of an NDJSON answer. */
  async lines(path: string): Promise<Json[]> {
    const answer = await fetch(`${this.url}${path}`, { headers: this.headers });
    const text = await answer.text();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Json);
  }
}

export function postReport(url: string, source: string, body: Json, key = intakeKey): Promise<Answer> {
  return ask(url, `/intake/${source}`, body, { 'x-intake-key': key });
}
