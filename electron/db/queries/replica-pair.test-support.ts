import { afterAll } from 'vitest';
import type { QueryHandlers } from '../../../shared/ipc/contract.ts';
import { openRead, openWrite } from '../connection.ts';
import { fill, sampleRegister, scratchFile } from '../sample.test-support.ts';
import type { ServerLine } from '../server-rows.ts';
import type { ReadDb, WriteDb } from '../statements.ts';
import { queryHandlers } from './handlers.ts';

/** A replica in a file with the sample register and these rows, its writer, and a reader that answers the page's queries. Closed after the file's tests. */
export function replicaPair(lines: readonly ServerLine[]): {
  writer: WriteDb;
  reader: ReadDb;
  handlers: QueryHandlers;
} {
  const file = scratchFile();
  const writer = openWrite(file);
  fill(writer, [...sampleRegister(), ...lines]);
  const reader = openRead(file);
  afterAll(() => {
    reader.close();
    writer.close();
  });
  return { writer, reader, handlers: queryHandlers(reader, (work) => work()) };
}
