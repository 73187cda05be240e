// npm run simulate: the deterministic simulator of the synchronisation (many workstations, faults, one seed) is not part of
// this version. The verb says so and names what is there, with an exit code no caller takes for a pass.

const tests = [
  'electron/db/apply-page.test.ts',
  'electron/db/rebase.test.ts',
  'shared/model/commands/sequences.test.ts',
  'test/integration/central-feed.test.ts',
];

if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ available: false, tests })}\n`);
else
  process.stderr.write(
    `The deterministic simulator is not part of this version; npm test runs the generated sync schedules it has: ${tests.join(', ')}\n`,
  );
process.exitCode = 2;
