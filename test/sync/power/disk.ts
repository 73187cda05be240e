import type { Chance } from '../simulator/random.ts';

/** What `disk-shim.c` records, in its numbers. */
const ops = {
  1: 'write',
  2: 'truncate',
  3: 'sync',
  4: 'create',
  5: 'unlink',
  6: 'folderSync',
  7: 'mark',
  8: 'syncFailed',
  9: 'name',
  10: 'rename',
  11: 'unmodelled',
} as const;
const headLength = 16;
const sector = 512;

/** One thing that became of the watched files. `at`: offset of a write, length of a truncation, number of the other file of a rename. */
export interface DiskEvent {
  op: (typeof ops)[keyof typeof ops];
  file: number;
  at: number;
  data: Buffer;
}

export function readJournal(bytes: Buffer): DiskEvent[] {
  const events: DiskEvent[] = [];
  for (let place = 0; place + headLength <= bytes.length; ) {
    const code = bytes.readUInt8(place);
    const op = ops[code as keyof typeof ops];
    if (!op) throw new Error(`the journal has an unknown record ${code} at ${place}`);
    const carries = op === 'write' || op === 'mark' || op === 'name' || op === 'unmodelled';
    const length = carries ? bytes.readUInt32LE(place + 4) : 0;
    const start = place + headLength;
    events.push({
      op,
      file: bytes.readUInt8(place + 1),
      at: Number(bytes.readBigUInt64LE(place + 8)),
      data: bytes.subarray(start, start + length),
    });
    place = start + length;
  }
  return events;
}

/** Bytes of a file that only grow in capacity. */
class Image {
  private bytes = Buffer.alloc(0);
  length = 0;

  write(at: number, data: Uint8Array): void {
    this.reserve(at + data.length);
    this.bytes.set(data, at);
    this.length = Math.max(this.length, at + data.length);
  }

  truncate(length: number): void {
    this.reserve(length);
    this.bytes.fill(0, Math.min(length, this.length), Math.max(length, this.length));
    this.length = length;
  }

  copy(): Image {
    const copy = new Image();
    copy.bytes = Buffer.from(this.bytes.subarray(0, this.length));
    copy.length = this.length;
    return copy;
  }

  content(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = Buffer.alloc(Math.max(length, this.bytes.length * 2, 65_536));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

type Change = { kind: 'write'; at: number; data: Buffer } | { kind: 'truncate'; length: number };
/** What lies behind a name: what certainly lasts, and what has only been written. */
interface Body {
  durable: Image;
  unsynced: Change[];
}
type NameChange = { kind: 'set'; name: string; body: Body } | { kind: 'unset'; name: string };

/**
 * A disk as an adversary: only what was synced is certain. A sync of a file makes its bytes certain, a sync of the folder (or of the file) its name.
 * Of everything else any part may have reached it, in any order, whole or in sectors.
 */
export class Disk {
  private readonly names = new Map<number, string>();
  private live = new Map<string, Body>();
  private durableNames = new Map<string, Body>();
  private nameChanges: NameChange[] = [];
  private readonly chance: Chance;

  /** `chance` decides what remains of writes whose sync failed: the system forgets that they are still to be written. */
  constructor(chance: Chance) {
    this.chance = chance;
  }

  take(event: DiskEvent): void {
    switch (event.op) {
      case 'name':
        this.names.set(event.file, event.data.toString());
        break;
      case 'create':
        this.change({ kind: 'set', name: this.nameOf(event.file), body: { durable: new Image(), unsynced: [] } });
        break;
      case 'unlink':
        this.change({ kind: 'unset', name: this.nameOf(event.file) });
        break;
      case 'rename': {
        const body = this.bodyOf(event.file);
        this.change({ kind: 'set', name: this.nameOf(event.at), body });
        this.change({ kind: 'unset', name: this.nameOf(event.file) });
        break;
      }
      case 'write':
        this.bodyOf(event.file).unsynced.push({ kind: 'write', at: event.at, data: event.data });
        break;
      case 'truncate':
        this.bodyOf(event.file).unsynced.push({ kind: 'truncate', length: event.at });
        break;
      case 'sync': {
        const body = this.bodyOf(event.file);
        for (const change of body.unsynced) apply(body.durable, change);
        body.unsynced = [];
        break;
      }
      case 'syncFailed': {
        const body = this.bodyOf(event.file);
        for (const change of body.unsynced) applyPart(body.durable, change, this.chance, this.chance.next());
        body.unsynced = [];
        break;
      }
      case 'folderSync':
        this.durableNames = new Map(this.live);
        this.nameChanges = [];
        break;
      case 'mark':
        break;
      case 'unmodelled':
        throw new Error(`the process reached its files by ${event.data.toString()}, which this disk does not know`);
      default:
        event.op satisfies never;
    }
  }

  /** What a power cut now could leave: name to bytes. Each file has a fate of its own: nothing, everything or a part of what was not synced. */
  afterCut(chance: Chance): Map<string, Buffer> {
    const names = new Map(this.durableNames);
    // The folder's changes reach the disk in their order: any number of the first ones.
    for (const change of this.nameChanges.slice(0, chance.between(0, this.nameChanges.length))) rename(names, change);
    const left = new Map<string, Buffer>();
    for (const [name, body] of names) {
      const image = body.durable.copy();
      const fate = chance.next();
      const share = fate < 0.25 ? 0 : fate < 0.4 ? 1 : chance.next();
      for (const change of body.unsynced) applyPart(image, change, chance, share);
      left.set(name, image.content());
    }
    return left;
  }

  private change(change: NameChange): void {
    rename(this.live, change);
    this.nameChanges.push(change);
  }

  private nameOf(file: number): string {
    const name = this.names.get(file);
    if (name === undefined) throw new Error(`file ${file} has no name in the journal`);
    return name;
  }

  private bodyOf(file: number): Body {
    const body = this.live.get(this.nameOf(file));
    if (!body) throw new Error(`${this.nameOf(file)} is not there in the journal`);
    return body;
  }
}

function rename(names: Map<string, Body>, change: NameChange): void {
  if (change.kind === 'set') names.set(change.name, change.body);
  else names.delete(change.name);
}

function apply(image: Image, change: Change): void {
  if (change.kind === 'write') image.write(change.at, change.data);
  else image.truncate(change.length);
}

/** Lets a change through with probability `share`; one in three of those that come through is torn at sectors. */
function applyPart(image: Image, change: Change, chance: Chance, share: number): void {
  if (share === 0 || (share < 1 && chance.next() >= share)) return;
  if (share === 1 || change.kind === 'truncate' || chance.next() < 0.67) {
    apply(image, change);
    return;
  }
  const end = change.at + change.data.length;
  for (let from = change.at; from < end; ) {
    const to = Math.min(end, (Math.floor(from / sector) + 1) * sector);
    if (chance.next() < 0.5) image.write(from, change.data.subarray(from - change.at, to - change.at));
    from = to;
  }
}
