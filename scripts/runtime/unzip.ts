import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Unpacks a zip with permissions and links kept, using the extractor that Electron's own installer brings along: bare
 * machines have no `unzip`. `folder` must be absolute.
 */
export async function unzip(archive: string, folder: string): Promise<void> {
  const fromElectron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
  const entry = fromElectron.resolve('@electron-internal/extract-zip');
  const { extract } = (await import(pathToFileURL(entry).href)) as {
    extract(zip: string, options: { dir: string }): Promise<void>;
  };
  await extract(archive, { dir: folder });
}
