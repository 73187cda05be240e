import { ulid } from 'ulid';
import { type Session, sessionSchema } from '../../shared/protocol/auth.ts';
import { commandResultsSchema } from '../../shared/protocol/commands.ts';
import { type IntakeResult, intakeResultSchema } from '../../shared/protocol/intake.ts';
import { protocolHeader, protocolVersion } from '../../shared/protocol/version.ts';

const workstation = 'simulator';
/** Below the time a server takes itself to stop. */
const timeoutMs = 10_000;

/** The server as the simulator sees it: by HTTP alone, like everybody else. */
export interface SimulatorClient {
  post(source: string, body: unknown): Promise<IntakeResult>;
  /** Sends one command. False: refused, or nobody is signed in. Throws when the server does not answer. */
  command(caseId: string, name: string, args: unknown, at: number): Promise<boolean>;
}

export function createSimulatorClient(
  url: string,
  intakeKey: string,
  account: { username: string; password: string },
): SimulatorClient {
  let session: Session | null = null;

  async function send(path: string, body: unknown, token: string | null): Promise<Response> {
    return fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [protocolHeader]: String(protocolVersion),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  async function signIn(): Promise<Session | null> {
    const answer = await send('/auth/login', { ...account, workstation }, null);
    return answer.ok ? sessionSchema.parse(await answer.json()) : null;
  }

  return {
    async post(source, body) {
      const answer = await send(`/intake/${source}`, body, intakeKey);
      if (!answer.ok) throw new Error(`the intake answered ${answer.status}`);
      return intakeResultSchema.parse(await answer.json());
    },
    async command(caseId, name, args, at) {
      session ??= await signIn();
      if (!session) return false;
      const command = {
        id: ulid(at),
        name,
        args,
        caseId,
        issuedAt: at,
        operatorId: session.operator.id,
        workstation,
        baseRev: 0,
      };
      const answer = await send('/sync/commands', { commands: [command] }, session.accessToken);
      // The next command signs in again.
      if (answer.status === 401) session = null;
      if (!answer.ok) return false;
      return commandResultsSchema.parse(await answer.json()).results[0]?.status === 'accepted';
    },
  };
}
