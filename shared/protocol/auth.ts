import { z } from 'zod';
import { roleSchema } from '../model/codes.ts';

export const operatorSchema = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  role: roleSchema,
  /** A town clerk's town; null for county staff. */
  townCode: z.string().nullable(),
});
export type Operator = z.infer<typeof operatorSchema>;

export const loginRequestSchema = z.object({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  workstation: z.string().min(1).max(128),
});
export const refreshRequestSchema = z.object({ refreshToken: z.string().min(1).max(512) });

/**
 * A renewal that comes again this soon after the first is one that the line brought twice or late, not a thief's: longer than a workstation waits for an
 * answer, and far shorter than the time between two renewals.
 */
export const renewalEchoMs = 30_000;

/**
 * Answer of `POST /auth/login` and `POST /auth/refresh`. The answer brings the next refresh token; the one before counts until the next is used, so that
 * a lost answer can be asked for again. After that it ends the session, two parties hold it, unless it comes so soon that the line brought it twice.
 */
export const sessionSchema = z.object({
  accessToken: z.string(),
  accessExpiresAt: z.int(),
  refreshToken: z.string(),
  operator: operatorSchema,
});
export type Session = z.infer<typeof sessionSchema>;
