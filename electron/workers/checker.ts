import { parentPort, workerData } from 'node:worker_threads';
import { findDamage } from '../db/heal/checks.ts';

/** Entry of a thread of the reader's: goes through the whole replica once and answers with what it found, or null. `workerData`: the file. */
parentPort?.postMessage(findDamage(String(workerData)));
