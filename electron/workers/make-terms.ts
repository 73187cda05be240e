import { parentPort, workerData } from 'node:worker_threads';
import { openRead } from '../db/connection.ts';
import { termsOfPart } from '../db/search/ahead.ts';

/** Entry of a thread of the writer's: makes the search lists of each part it is told of. `workerData`: the file. */
const db = openRead(String(workerData));
parentPort?.on('message', (part: number) => {
  const made = termsOfPart(db, part);
  parentPort?.postMessage(made, [made.ends.buffer, made.stored.buffer, made.pieces.buffer]);
});
