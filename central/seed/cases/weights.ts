import type { Category, Source } from '../../../shared/model/codes.ts';
import { Weighted } from '../prng.ts';

/** Share of each town in a thousand cases, in the register's order (鲤城 … 菜溪): by people, trade and what the drawing of the desk shows. */
export const townWeights: readonly number[] = [140, 128, 152, 80, 52, 72, 66, 88, 42, 50, 40, 22, 17, 13, 10, 11, 8, 9];

/** Open cases at the anchor by town, 193 with those of the year before, and how many of them are overdue. */
export const openByTown: readonly number[] = [31, 27, 34, 15, 6, 14, 11, 17, 7, 8, 8, 4, 3, 1, 2, 2, 1, 2];
export const overdueByTown: readonly number[] = [4, 5, 3, 2, 1, 1, 1, 3, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0];

export const categories = new Weighted<Category>([
  ['neighbour', 150],
  ['homestead', 92],
  ['land', 70],
  ['forest', 34],
  ['marriage', 96],
  ['labour', 88],
  ['debt', 70],
  ['consumer', 62],
  ['property', 46],
  ['traffic', 58],
  ['medical', 12],
  ['environment', 56],
  ['cityAppearance', 40],
  ['livelihood', 58],
  ['villageAffairs', 26],
  ['education', 12],
  ['safety', 16],
  ['other', 14],
]);

const mixed = [
  ['grid', 44],
  ['outreach', 22],
  ['selfReport', 16],
  ['police110', 9],
  ['hotline12345', 6],
  ['other', 3],
] as const;
const service = [
  ['grid', 18],
  ['outreach', 6],
  ['selfReport', 12],
  ['police110', 4],
  ['hotline12345', 48],
  ['publicOpinion', 10],
  ['other', 2],
] as const;
const quarrel = [
  ['grid', 26],
  ['outreach', 12],
  ['selfReport', 16],
  ['police110', 36],
  ['hotline12345', 7],
  ['publicOpinion', 1],
  ['other', 2],
] as const;
const official = [
  ['grid', 20],
  ['outreach', 22],
  ['selfReport', 26],
  ['hotline12345', 18],
  ['publicOpinion', 5],
  ['other', 9],
] as const;

/** Where cases of a category come from. */
export const sourcesOf: Record<Category, Weighted<Source>> = {
  neighbour: new Weighted<Source>(mixed),
  homestead: new Weighted<Source>(mixed),
  land: new Weighted<Source>(mixed),
  forest: new Weighted<Source>(mixed),
  marriage: new Weighted<Source>(quarrel),
  labour: new Weighted<Source>(official),
  debt: new Weighted<Source>(quarrel),
  consumer: new Weighted<Source>(service),
  property: new Weighted<Source>(service),
  traffic: new Weighted<Source>(quarrel),
  medical: new Weighted<Source>(official),
  environment: new Weighted<Source>(service),
  cityAppearance: new Weighted<Source>(service),
  livelihood: new Weighted<Source>(service),
  villageAffairs: new Weighted<Source>(official),
  education: new Weighted<Source>(official),
  safety: new Weighted<Source>(mixed),
  other: new Weighted<Source>(mixed),
};

/** Cases by hour of the Shanghai day: mornings and afternoons at the counter, a second rise in the evening by telephone. */
export const hours = new Weighted<number>([
  [0, 6],
  [1, 4],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 4],
  [6, 10],
  [7, 26],
  [8, 74],
  [9, 104],
  [10, 96],
  [11, 62],
  [12, 28],
  [13, 34],
  [14, 76],
  [15, 92],
  [16, 84],
  [17, 58],
  [18, 40],
  [19, 50],
  [20, 52],
  [21, 42],
  [22, 22],
  [23, 12],
]);

/** Cases by weekday, Monday first. */
export const weekdays: readonly number[] = [118, 110, 106, 104, 108, 84, 76];
