import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '..');
const unitFolders = ['shared', 'electron', 'renderer', 'central', 'scripts'];

export default defineConfig({
  root,
  cacheDir: join(root, '.cache', 'vite'),
  test: {
    // Two cores: more workers than that only make each other slow.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Some go through every hour of years, and the machine may be busy with other things.
          testTimeout: 30_000,
          include: [
            ...unitFolders.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
            'test/architecture.test.ts',
            'test/bench/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Each file has a PostgreSQL of its own and measures time: one after another.
          fileParallelism: false,
        },
      },
    ],
  },
});
