import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';
import { type Operator, operatorSchema, type Session } from '../../shared/protocol/auth.ts';
import type { Transport } from './transport.ts';

/** What outlives a restart: the one-time token for the next session, and whose it is. */
export const storedSessionSchema = z.object({ refreshToken: z.string(), operator: operatorSchema });
export type StoredSession = z.infer<typeof storedSessionSchema>;

/** Keeps the session for the host: main encrypts it, the command line writes a file only its owner reads. */
export interface SessionStore {
  load(): StoredSession | null;
  save(session: StoredSession): void;
  clear(): void;
}

export interface Account {
  username: string;
  password: string;
}

/** An access token this close to its end is renewed before use, ms. */
const marginMs = 30_000;

/** The server does not take a token. */
const isRefused = (error: unknown) =>
  error instanceof Failure && (error.kind === 'sessionExpired' || error.kind === 'notSignedIn');

/** Tokens of the signed-in operator. Renews them when they end; with an account to fall back on, signs in by itself. */
export class SessionKeeper {
  private readonly transport: Transport;
  private readonly store: SessionStore;
  /** The server's clock. */
  private readonly clock: Clock;
  private readonly workstation: string;
  private readonly fallback: Account | null;
  private readonly onOperator: (operator: Operator) => void;
  private access: { token: string; expiresAt: number; operator: Operator } | null = null;
  private renewing: Promise<string> | null = null;

  constructor(options: {
    transport: Transport;
    store: SessionStore;
    clock: Clock;
    workstation: string;
    fallback: Account | null;
    onOperator(operator: Operator): void;
  }) {
    this.transport = options.transport;
    this.store = options.store;
    this.clock = options.clock;
    this.workstation = options.workstation;
    this.fallback = options.fallback;
    this.onOperator = options.onOperator;
  }

  /** Whether there is something to sign in with, without asking a person. */
  available(): boolean {
    return this.fallback !== null || this.store.load() !== null;
  }

  async signIn(account: Account, signal: AbortSignal): Promise<Operator> {
    return this.keep(await this.transport.login({ ...account, workstation: this.workstation }, signal)).operator;
  }

  /** Forgets the session here at once; tells the server if it can be told. */
  async signOut(signal: AbortSignal): Promise<void> {
    const token = this.access?.token;
    this.forget();
    if (token !== undefined) await this.transport.logout(token, signal).catch(() => undefined);
  }

  forget(): void {
    this.access = null;
    this.store.clear();
  }

  /** Whom the access token in hand was given to: they may not be written down yet. Null: there is no token. */
  operator(): Operator | null {
    return this.access?.operator ?? null;
  }

  /**
   * Runs a call with a valid access token; one that the server no longer takes is renewed once. Only a refused renewal ends the session: a new token that is
   * refused too was overtaken (it was long on its way, the server's clock was set), and the line begins anew.
   */
  async with<T>(signal: AbortSignal, call: (accessToken: string) => Promise<T>): Promise<T> {
    const token = await this.token(signal);
    try {
      return await call(token);
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.discard(token);
    }
    const renewed = await this.token(signal);
    try {
      return await call(renewed);
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.discard(renewed);
      throw new Failure('serverUnreachable', 'a new access token was refused', { retry: true, cause: error });
    }
  }

  /** Asks the server who the operator is now: their role or town may have changed. */
  async renewOperator(signal: AbortSignal): Promise<void> {
    this.access = null;
    await this.token(signal);
  }

  async token(signal: AbortSignal): Promise<string> {
    if (this.access && this.access.expiresAt - marginMs > this.clock.now()) return this.access.token;
    // One renewal at a time, and none broken off with the rest of the line. A lost answer is asked for again with the token we still hold: the server
    // takes it until its successor has been used.
    this.renewing ??= this.renew(new AbortController().signal).finally(() => {
      this.renewing = null;
    });
    const token = await this.renewing;
    if (signal.aborted) throw new Failure('cancelled', 'renewal');
    return token;
  }

  private discard(token: string): void {
    if (this.access?.token === token) this.access = null;
  }

  private async renew(signal: AbortSignal): Promise<string> {
    const stored = this.store.load();
    if (stored) {
      try {
        return this.keep(await this.transport.refresh(stored.refreshToken, signal)).accessToken;
      } catch (error) {
        if (!isRefused(error)) throw error;
        // Only the tokens go: what the operator queued stays in the outbox until they sign in again.
        this.forget();
        if (!this.fallback) throw error;
      }
    }
    if (!this.fallback) throw new Failure('notSignedIn', 'no session to renew');
    return this.keep(await this.transport.login({ ...this.fallback, workstation: this.workstation }, signal))
      .accessToken;
  }

  private keep(session: Session): Session {
    const { accessToken, accessExpiresAt, operator } = session;
    this.access = { token: accessToken, expiresAt: accessExpiresAt, operator };
    this.store.save({ refreshToken: session.refreshToken, operator });
    this.onOperator(operator);
    return session;
  }
}
