import { register } from 'tsx/esm/api';

// Entry of the writer's thread where nothing was built: threads do not inherit what reads TypeScript.
register();
await import('../../electron/workers/make-terms.ts');
