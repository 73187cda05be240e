/**
 * The launcher that stock Electron carries in resources/default_app.asar and the fallback runtime lacks: it takes the
 * app's folder from the command line, names the app after its package.json and imports its main script.
 *
 * The import is awaited at top level: Electron declares `app` ready only after this module has been evaluated, and
 * protocol.registerSchemesAsPrivileged must be called before that.
 */
const main = `import { app } from 'electron';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const preloads = [];
let target;
for (let i = 1; i < process.argv.length; i++) {
  const argument = process.argv[i];
  if (argument === '-r' || argument === '--require') preloads.push(process.argv[++i]);
  else if (!argument.startsWith('-')) {
    target = resolve(argument);
    break;
  }
}
if (!target) {
  console.error('usage: electron <folder of the app>');
  process.exit(1);
}
process.defaultApp = true;
const require = createRequire(join(target, 'package.json'));
for (const file of preloads) require(file);

let script = target;
if (statSync(target).isDirectory()) {
  const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
  if (manifest.productName || manifest.name) app.setName(manifest.productName || manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
  app.setPath('userData', join(app.getPath('appData'), app.getName()));
  app.setAppPath(target);
  script = join(target, manifest.main || 'index.js');
}
await import(pathToFileURL(script).href);
`;

/** The launcher's files, to be packed with asarOf. */
export const defaultApp: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'main.js' }),
  'main.js': main,
};
