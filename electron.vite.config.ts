import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

/** Three builds: the Node side (main and the two workers), the sandboxed preload script, the page. */
export default defineConfig({
  main: {
    build: {
      outDir: resolve(root, 'out/main'),
      target: 'node20.18',
      // Everything but natives and what is loaded late is bundled: starting reads three files instead of hundreds.
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: resolve(root, 'electron/main/index.ts'),
          reader: resolve(root, 'electron/workers/reader.ts'),
          writer: resolve(root, 'electron/workers/writer.ts'),
          checker: resolve(root, 'electron/workers/checker.ts'),
          'make-terms': resolve(root, 'electron/workers/make-terms.ts'),
        },
        external: ['electron', 'better-sqlite3', 'electron-updater', 'pinyin-pro'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'electron/preload/index.ts') },
        external: ['electron'],
        // A sandboxed preload script must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    base: '/',
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      // The page is served from disk: an inlined file would only grow the script and need a laxer content policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2500,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
});
