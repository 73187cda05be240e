import type { Later } from '../fold-log.ts';
import { newestVersion } from '../migrations/migrate.ts';
import type { Journal, WriteDb } from '../statements.ts';
import { outboxImageSchema, type SideRecord } from './record.ts';
import type { SideFile } from './side-file.ts';

/** A side file smaller than this is not worth writing anew, bytes. */
const smallest = 1 << 20;
const growth = 4;

/**
 * Writes down whatever changes in the outbox, whoever changes it: triggers of this connection tell of each row. The side file is on the disk before
 * the replica commits, so that nothing acknowledged can be missing in it; what did not commit is taken back. A crash between the two leaves a command
 * nobody was told of, and the next start takes it in.
 */
export class OutboxJournal implements Journal {
  private readonly db: WriteDb;
  private readonly side: SideFile;
  /** Records as JSON: an urging of hundreds is made into text once, by SQLite. */
  private heard: string[] = [];
  private written: 'nothing' | 'appended' | 'anew' = 'nothing';
  /** What did not commit could not be taken back: the next write begins the file anew. */
  private astray = false;
  private closed = false;
  private bytes: number;
  private bytesWhenNew: number;
  private readonly later: Later;

  /** `bytes`: the side file's size. It must agree with the outbox already. `later` writes a long one anew. */
  constructor(db: WriteDb, side: SideFile, bytes: number, later: Later = (work) => work()) {
    this.db = db;
    this.side = side;
    this.later = later;
    this.bytes = bytes;
    this.bytesWhenNew = bytes;
  }

  /** From here on every change is written down. */
  attach(): void {
    const { db } = this;
    db.define('note_command', (json) => {
      this.heard.push(`{"t":"row","row":${String(json)}}`);
    });
    db.define('note_gone', (id) => {
      this.heard.push(JSON.stringify({ t: 'gone', id }));
    });
    const columns = outboxColumns(db);
    const others = columns.filter((name) => name !== 'state').map((name) => `new.${name} IS old.${name}`);
    const waiting = (row: string) => `${row}.state IN ('pending', 'sending')`;
    db.run(
      `CREATE TEMP TRIGGER outbox_given AFTER INSERT ON main.outbox BEGIN SELECT note_command(${imageSql(columns, 'new.')}); END`,
    );
    // Being on the way is nothing to remember: after a crash it is sent again.
    db.run(`CREATE TEMP TRIGGER outbox_changed AFTER UPDATE ON main.outbox
      WHEN NOT ((new.state = old.state OR (${waiting('new')} AND ${waiting('old')})) AND ${others.join(' AND ')})
      BEGIN SELECT note_command(${imageSql(columns, 'new.')}); END`);
    db.run('CREATE TEMP TRIGGER outbox_gone AFTER DELETE ON main.outbox BEGIN SELECT note_gone(old.id); END');
    db.journal = this;
  }

  sealing(): void {
    if (this.heard.length === 0) return;
    if (this.side.present() && !this.astray) {
      this.written = 'appended';
      this.bytes = this.side.append(this.heard);
    } else {
      this.written = 'anew';
      this.writeAnew();
    }
  }

  committed(): void {
    this.side.keep();
    this.rest();
    if (this.isLong()) this.later(() => this.shorten());
  }

  private isLong(): boolean {
    return this.bytes >= smallest && this.bytes >= growth * this.bytesWhenNew;
  }

  private shorten(): void {
    if (!this.isLong() || this.closed) return;
    try {
      this.db.transaction(() => this.writeAnew());
    } catch {
      // The long file holds all that the short one would. Not again until it has grown as much once more.
      this.bytesWhenNew = this.bytes;
    }
  }

  dropped(): void {
    const { written } = this;
    this.rest();
    if (written === 'nothing') return;
    try {
      if (written === 'appended') this.side.takeBack();
      else this.db.transaction(() => this.writeAnew());
    } catch {
      this.astray = true;
    }
  }

  close(): void {
    this.closed = true;
    this.side.close();
  }

  private rest(): void {
    this.heard = [];
    this.written = 'nothing';
  }

  private writeAnew(): void {
    this.bytes = this.side.rewrite(recordsOf(this.db));
    this.astray = false;
    this.bytesWhenNew = this.bytes;
  }
}

export function outboxColumns(db: WriteDb): string[] {
  return db.column<string>(`SELECT name FROM pragma_table_info('outbox')`);
}

function imageSql(columns: readonly string[], row: string): string {
  return `json_object(${columns.map((name) => `'${name}', ${row}${name}`).join(', ')})`;
}

/** The side file of the outbox as it stands: what a person dismissed is not kept a second time. */
export function recordsOf(db: WriteDb): SideRecord[] {
  const rows = db.column<string>(
    `SELECT ${imageSql(outboxColumns(db), '')} FROM outbox WHERE state <> 'dismissed' ORDER BY seq`,
  );
  const images = rows.map((json) => outboxImageSchema.parse(JSON.parse(json)));
  return [{ t: 'head', version: newestVersion }, ...images.map((row) => ({ t: 'row', row }) as const)];
}
