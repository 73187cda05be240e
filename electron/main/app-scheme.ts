import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import type { Preferences } from '../../shared/ipc/contract.ts';
import { appScheme, contentPolicy, contentTypeOf, fileOfAddress } from './app-files.ts';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page's files from `root`, each with the content policy; the document gets a fresh nonce, theme and language before it is parsed. */
export function serveApp(session: Session, root: string, preferences: () => Preferences): void {
  session.protocol.handle(appScheme, async (request) => {
    const file = fileOfAddress(root, request.url);
    const type = file && contentTypeOf(file);
    if (!file || !type || (request.method !== 'GET' && request.method !== 'HEAD')) return answer(403);
    let body: Uint8Array<ArrayBuffer> | string;
    try {
      body = new Uint8Array(await readFile(file));
    } catch {
      return answer(404);
    }
    const nonce = randomBytes(16).toString('base64');
    if (type.startsWith('text/html')) {
      const { theme, locale } = preferences();
      body = new TextDecoder()
        .decode(body)
        .replaceAll('%NONCE%', nonce)
        .replaceAll('%THEME%', theme)
        .replaceAll('%LOCALE%', locale);
    }
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': contentPolicy(nonce),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
}

function answer(status: number): Response {
  return new Response(null, { status });
}
