import { parseArgs } from 'node:util';
import { cutPower } from './cuts.ts';
import { failDisk } from './faults.ts';

// npm run simulate -- --power [--cuts 1000] [--every 1] [--seed 1] [--json]: power cuts and failing disks below the real replica.
// Exit code 1: something acknowledged was lost, or a control was not caught; 2: bad options.
const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '1000' },
    every: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [cuts, every, seed] = [Number(values.cuts), Number(values.every), Number(values.seed)];
if (![cuts, every, seed].every((one) => Number.isSafeInteger(one) && one >= 1)) {
  process.stderr.write('npm run simulate -- --power [--cuts 1000] [--every 1] [--seed 1] [--json]\n');
  process.exitCode = 2;
} else {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      stopped = true;
    });
  const stopping = () => stopped;
  const controlCuts = Math.ceil(cuts / 10);
  const sound = await cutPower('sound', cuts, seed, stopping);
  const alone = await cutPower('alone', cuts, seed, stopping);
  const controls = [
    await cutPower('normal', controlCuts, seed, stopping),
    await cutPower('early', controlCuts, seed, stopping),
    await cutPower('lies', controlCuts, seed, stopping),
  ];
  const faults = { desk: await failDisk('desk', 1, every), loop: await failDisk('loop', 1, every) };
  const kept = [sound, alone].every((one) => one.cuts === cuts && one.lost === 0 && one.cutsWithProblems === 0);
  const caught = controls.every((control) => control.lost > 0);
  const healed = [faults.desk, faults.loop].every((report) => report.problems.length === 0);
  const report = { ok: kept && caught && healed, cuts: { sound, alone, controls }, faults };
  process.stdout.write(`${values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.ok ? 0 : 1;
}
