import { z } from 'zod';
import { postKindSchema } from '../model/codes.ts';
import { villageSchema } from '../model/register.ts';

/** Body of `POST /register/villages/{code}/posts`: gives one of a village's 3+N posts to a person, or leaves it vacant (`personId` null). */
export const villagePostSchema = z.strictObject({
  kind: postKindSchema,
  rank: z.int().min(0).max(1000),
  personId: z.string().min(1).max(64).nullable(),
});
/** Its answer: the village with its new binding version and vacancies. */
export const villagePostResultSchema = z.looseObject({ village: villageSchema });
