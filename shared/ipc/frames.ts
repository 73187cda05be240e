import { z } from 'zod';
import { failureKinds } from '../errors.ts';

/** Frames on the two MessagePorts. The page numbers its requests; a side answers each exactly once. */
export const requestFrameSchema = z.object({ id: z.int(), name: z.string(), args: z.unknown() });
export type RequestFrame = z.infer<typeof requestFrameSchema>;

export const failureShapeSchema = z.object({
  kind: z.enum(failureKinds),
  message: z.string(),
  retry: z.boolean(),
  detail: z.string().nullable(),
});

export type AnswerFrame =
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; failure: z.infer<typeof failureShapeSchema> };
export type EventFrame = { type: 'event'; name: string; payload: unknown };
export type PortFrame = AnswerFrame | EventFrame;
