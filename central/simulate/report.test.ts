import { expect, it } from 'vitest';
import { Prng } from '../seed/prng.ts';
import { countyOf } from '../seed/register/places.ts';
import { spots } from '../seed/words/text.ts';
import { drawReport } from './report.ts';

it('a simulated report says the same place in its text and its address', () => {
  const county = countyOf(new Prng(1, 1));
  const prng = new Prng(1, 7);
  // The short ones are also parts of other words: 溪边 of 溪边滩地.
  const clear = spots.filter((spot) => spot.length > 2);
  let compared = 0;
  for (let n = 0; n < 2000; n += 1) {
    const { body } = drawReport(county, prng, 0, String(n));
    const said = clear.filter((spot) => `${body.title}${body.detail}`.includes(spot));
    const address = String(body.address);
    // 县城附近 is the report that no rule can place.
    if (said.length !== 1 || address.startsWith('县城附近')) continue;
    expect(address.endsWith(String(said[0])), `${body.detail} / ${address}`).toBe(true);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(100);
});
