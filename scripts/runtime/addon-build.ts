import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { mustRun } from './run.ts';

const require = createRequire(import.meta.url);

/**
 * One build for old and new runtimes: declared as experimental Node-API, which Node 20.18 accepts and which has there
 * what version 10 made permanent. node-api-headers holds only what is permanent, so the one experimental function that
 * node-addon-api then needs (finalizers must not touch JavaScript while memory is collected) is declared here.
 */
const EXPERIMENTAL_H = `#include <node_api.h>
#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER
EXTERN_C_START
NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(
    node_api_basic_env env, napi_finalize finalize_cb, void* finalize_data, void* finalize_hint);
EXTERN_C_END
`;
const FLAGS = [
  '-UNAPI_VERSION',
  '-DNAPI_VERSION=2147483647',
  '-DNODE_API_EXPERIMENTAL_NO_WARNING',
  '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
  '-include experimental.h',
].join(' ');

/** node-gyp asks the headers' folder for compiler settings; node-api-headers has none, these are Node's essentials. */
const COMMON_GYPI = `{
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': { 'Release': {}, 'Debug': {} },
    'cflags': ['-fPIC', '-pthread', '-fno-omit-frame-pointer'],
    'cflags_cc': ['-fno-rtti', '-fno-exceptions'],
    'defines': ['_LARGEFILE_SOURCE', '_FILE_OFFSET_BITS=64'],
  },
}
`;

export const addonSource = dirname(require.resolve('better-sqlite3/package.json'));

/** Names the built addon by what decides its bytes: library version, platform, flags and headers. */
export function addonKey(): string {
  const version: string = require('better-sqlite3/package.json').version;
  const recipe = createHash('sha256')
    .update(FLAGS + EXPERIMENTAL_H + COMMON_GYPI)
    .digest('hex')
    .slice(0, 12);
  return `better-sqlite3-${version}-${process.platform}-${process.arch}-${recipe}`;
}

/**
 * Compiles better-sqlite3 into `folder`/better_sqlite3.node with what is on this machine (compiler, make, python3; no
 * network). It builds in a copy, so that a run that breaks off leaves node_modules as it was.
 */
export async function buildAddon(folder: string): Promise<void> {
  const work = join(folder, 'work');
  const headers = join(work, 'headers');
  const source = join(work, 'better-sqlite3');
  const include = join(headers, 'include', 'node');
  await mkdir(include, { recursive: true });
  const api: string = require('node-api-headers').include_dir;
  for (const file of await readdir(api)) await copyFile(join(api, file), join(include, file));
  await writeFile(join(include, 'common.gypi'), COMMON_GYPI);
  await writeFile(join(include, 'experimental.h'), EXPERIMENTAL_H);
  for (const part of ['package.json', 'binding.gyp', 'lib', 'src', 'deps']) {
    await cp(join(addonSource, part), join(source, part), { recursive: true });
  }
  const gyp = require.resolve('node-gyp/bin/node-gyp.js');
  const args = [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`, '--jobs=max'];
  await mustRun(process.execPath, args, { cwd: source, env: buildEnvironment() });
  await copyFile(join(source, 'build', 'Release', 'better_sqlite3.node'), join(folder, 'better_sqlite3.node'));
  await rm(work, { recursive: true, force: true });
}

function buildEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, CXXFLAGS: FLAGS };
  // gyp runs plain `node` to find node-addon-api, from a copy outside node_modules.
  env.NODE_PATH = dirname(dirname(require.resolve('node-addon-api/package.json')));
  env.PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  // A person's own npm settings must not lead to other headers.
  for (const name of Object.keys(env)) {
    if (/^npm_config_(nodedir|target|disturl|runtime)$/i.test(name)) delete env[name];
  }
  return env;
}
