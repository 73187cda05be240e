import { describe, expect, it } from 'vitest';
import { contentPolicy, contentTypeOf, fileOfAddress } from './app-files.ts';

const root = '/opt/desk/renderer';

describe('the app scheme', () => {
  it('serves a file below its folder', () => {
    expect(fileOfAddress(root, 'app://desk/assets/index-1.js')).toBe('/opt/desk/renderer/assets/index-1.js');
    expect(fileOfAddress(root, 'app://desk/index.html?again=1#top')).toBe('/opt/desk/renderer/index.html');
  });

  it.each([
    'app://desk/../secret.txt',
    'app://desk/%2e%2e/secret.txt',
    'app://desk/..%2fsecret.txt',
    'app://desk/..%2f..%2f..%2fetc/passwd',
    'app://desk/assets/..%2f..%2f..%2fsecret.txt',
    'app://desk/..%5csecret.txt',
    'app://desk/index.html%00.png',
    'app://desk/%zz',
    'app://desk/',
    'app://other/index.html',
    'file:///etc/passwd',
    'https://desk/index.html',
    'not an address',
  ])('never leads out of its folder: %s', (address) => {
    const file = fileOfAddress(root, address);
    expect(file === null || file.startsWith(`${root}/`)).toBe(true);
    expect(file ?? '').not.toMatch(/passwd|^\/opt\/desk\/secret/);
  });

  it('refuses kinds of files the page has no use for', () => {
    expect(contentTypeOf('/x/index.html')).toMatch(/^text\/html/);
    expect(contentTypeOf('/x/replica.sqlite')).toBeNull();
    expect(contentTypeOf('/x/noextension')).toBeNull();
  });

  it('lets the page run no inline script and reach no host', () => {
    const policy = contentPolicy('n');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});
