import { renewalEchoMs } from '../../../shared/protocol/auth.ts';

/** One refresh token: which sign-in it belongs to, what it was exchanged for, and when it was exchanged itself. */
interface RefreshToken {
  operator: number;
  session: number;
  parent: string | null;
  usedAt: number | null;
}
export interface Issued {
  operator: number;
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
}

/** Sign-ins and their tokens as the server keeps them: a renewal that comes twice soon is answered, a second holder ends the session for both. */
export class ModelSessions {
  accessMs = 90_000;
  private readonly now: () => number;
  private readonly tokens = new Map<string, RefreshToken>();
  private readonly open = new Set<number>();
  private made = 0;
  private signIns = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  signIn(operator: number): Issued {
    this.signIns += 1;
    this.open.add(this.signIns);
    return this.issue(operator, this.signIns, null);
  }

  /** Null: the token is unknown, or two hold the session and it is over. */
  renew(refreshToken: string): Issued | null {
    const own = this.tokens.get(refreshToken);
    if (!own) return null;
    const family = [...this.tokens].filter(([, { session }]) => session === own.session);
    const used = family.filter(([, { usedAt }]) => usedAt !== null);
    const overtaken = used.some(
      ([name, { parent }]) =>
        name !== refreshToken && parent !== null && (parent === refreshToken || parent === own.parent),
    );
    if (!overtaken) {
      own.usedAt = this.now();
      return this.issue(own.operator, own.session, refreshToken);
    }
    const echoes = own.usedAt !== null && Math.abs(this.now() - own.usedAt) <= renewalEchoMs;
    const inUse = used.find(([name]) => !used.some(([, { parent }]) => parent === name));
    if (echoes && inUse) return this.issue(own.operator, own.session, inUse[0]);
    for (const [name] of family) this.tokens.delete(name);
    this.open.delete(own.session);
    return null;
  }

  /** Who is behind an access token, and until when, ms of the server's clock; null: nobody that counts. */
  signedIn(accessToken: string | null): { operator: number; until: number } | null {
    const [operator, until, session] = (accessToken?.split('.') ?? []).map(Number);
    if (operator === undefined || until === undefined || session === undefined) return null;
    return this.open.has(session) && until > this.now() ? { operator, until } : null;
  }

  /** As after a restore: nobody is signed in. */
  forgetAll(): void {
    this.tokens.clear();
    this.open.clear();
  }

  private issue(operator: number, session: number, parent: string | null): Issued {
    this.made += 1;
    const refreshToken = `refresh-${this.made}`;
    this.tokens.set(refreshToken, { operator, session, parent, usedAt: null });
    const accessExpiresAt = this.now() + this.accessMs;
    return { operator, accessToken: `${operator}.${accessExpiresAt}.${session}`, accessExpiresAt, refreshToken };
  }
}
