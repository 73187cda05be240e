import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../scripts/figures/read.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

describe('npm run figures -- --json', () => {
  it("reads the county's own figures from a replica that came over the wire, and prints nothing else", async () => {
    const { stdout } = await run(join(root, 'node_modules/.bin/tsx'), ['scripts/figures.ts', '--json'], { cwd: root });
    const figures = JSON.parse(stdout) as Figure[];
    expect(figures.filter((figure) => !figure.ok)).toEqual([]);
    const value = Object.fromEntries(figures.map((figure) => [figure.name, figure.value]));
    expect(value).toMatchObject({
      'campaign.recorded': 3638,
      'campaign.resolved': 3330,
      'campaign.resolvedRate': '91.5%',
      'year.recorded': 7276,
      'year.closed': 7088,
      'year.closedRate': '97.4%',
      'year.satisfied': 7024,
      'year.satisfiedRate': '99.1%',
      'firstPetition.change': '−52.0%',
      'backlog.resolved': 210,
      'backlog.twentyYears': 13,
      'register.lagging': 72,
      'register.departments': 60,
      'register.officers': 182,
      'register.covered': 327,
      'register.cadres': 1006,
    });
  }, 240_000);
});
