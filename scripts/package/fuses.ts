import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** Switches inside the packaged executable, as electron-builder.yml sets them: nobody turns the app into another program. */
const wanted = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  OnlyLoadAppFromAsar: true,
  EnableCookieEncryption: true,
  GrantFileProtocolExtraPrivileges: false,
} as const satisfies Partial<Record<keyof typeof FuseV1Options, boolean>>;

export type Fuses = Readonly<Record<keyof typeof wanted, boolean>>;

/** Reads the switches of an executable. Throws when it is no Electron. */
export async function readFuses(executable: string): Promise<Fuses> {
  const wire = await getCurrentFuseWire(executable);
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  const pairs = names.map((name) => [name, wire[FuseV1Options[name]] === FuseState.ENABLE] as const);
  return Object.fromEntries(pairs) as Fuses;
}

export function fusesThatDiffer(fuses: Fuses): string[] {
  return Object.entries(wanted).flatMap(([name, on]) => (fuses[name as keyof Fuses] === on ? [] : [name]));
}
