import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { executableName } from '../runtime/electron-release.ts';
import type { Runtime } from '../runtime/ladder.ts';
import { projectRoot } from '../runtime/places.ts';

/**
 * Packs out/ and the runtime by electron-builder.yml, for this system; resolves with the folder that holds the app.
 * Targets other than `dir` fetch their tools from the internet. Throws with the packager's words.
 */
export async function pack(runtime: Runtime, targets: readonly string[], output: string): Promise<string> {
  const platform = Platform.current();
  const electronDist = runtime.electronPath.slice(0, -executableName().length - 1);
  const toStandardOutput = process.stdout.write;
  // The packager talks to standard output, which is for the one line of JSON.
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  await build({
    projectDir: projectRoot,
    targets: platform.createTarget([...targets], Arch[process.arch as 'x64' | 'arm64']),
    config: {
      electronDist,
      electronVersion: runtime.electronVersion,
      directories: { output },
      // What a runtime carries for running checkouts has no place in the product.
      afterPack: async ({ appOutDir }) => {
        for (const name of ['.complete', 'version', join('resources', 'default_app.asar')])
          await rm(join(appOutDir, name), { force: true });
      },
    },
  }).finally(() => {
    process.stdout.write = toStandardOutput;
  });
  const names = { linux: 'linux-unpacked', win32: 'win-unpacked' } as const;
  const suffix = process.arch === 'x64' ? '' : `${process.arch}-`;
  const name = names[process.platform as keyof typeof names];
  if (!name) throw new Error(`The app is packaged on Linux or Windows, not on ${process.platform}`);
  return join(output, name.replace('-', `-${suffix}`));
}
