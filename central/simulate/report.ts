import type { Source } from '../../shared/model/codes.ts';
import { categories, sourcesOf } from '../seed/cases/weights.ts';
import type { Prng } from '../seed/prng.ts';
import { personNameOf, syntheticMobile } from '../seed/register/names.ts';
import { type County, type Place, pointNear } from '../seed/register/places.ts';
import { addressOf, textOf } from '../seed/words/text.ts';

export interface SimulatedReport {
  source: Source;
  body: Record<string, unknown>;
}

/** One in so many reports gives nothing that a rule could place: 待人工分拨 must have something to show. */
const placelessPermille = 40;

/** A synthetic report as a source would post it: place by code, by point or by address, names and numbers made up. */
export function drawReport(county: County, prng: Prng, at: number, sourceNo: string): SimulatedReport {
  const category = categories.draw(prng);
  const source = sourcesOf[category].draw(prng);
  const place = prng.pick(county.places);
  const { title, detail, spot } = textOf({ category, source, place, petitionKind: null }, prng);
  const reporter = { name: `测试${personNameOf(prng)}`, phone: syntheticMobile(prng.below(90_000_000)) };
  return {
    source,
    body: {
      sourceNo,
      title,
      detail,
      category,
      recordedAt: at,
      ...placeFacts(place, source, spot, prng),
      ...ownFacts(source, reporter),
    },
  };
}

function placeFacts(place: Place, source: Source, spot: string | null, prng: Prng): Record<string, unknown> {
  const address = () => addressOf(place, prng, spot);
  if (source === 'grid') return { villageCode: place.code, address: address() };
  if (prng.chance(placelessPermille)) return { address: '县城附近，具体位置不详' };
  if (prng.chance(500)) return { ...pointNear(place, prng), address: address() };
  return { address: address() };
}

function ownFacts(source: Source, reporter: { name: string; phone: string }): Record<string, unknown> {
  switch (source) {
    case 'grid':
    case 'police110':
      return {};
    case 'outreach':
      return { teamId: 'demo-team' };
    case 'selfReport':
      return { reporter };
    case 'hotline12345':
      return { phone: reporter.phone, reporter: { name: reporter.name } };
    case 'publicOpinion':
      return { link: 'https://example.invalid/video', platform: 'demo' };
    case 'other':
      return { reason: '来信来访登记' };
    default:
      return source satisfies never;
  }
}
