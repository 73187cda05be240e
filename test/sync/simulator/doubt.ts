/**
 * After a restore that kept the data set's name a desk can only notice it while the server stands below what the desk knows it to have been. Until
 * it has been told so, or has begun its data afresh, nothing can be asked of it.
 */
export class Doubt {
  /** Where the server stood when it sent the newest thing the desk got anything of: more than the desk is told. */
  private newest = 0;
  private state: 'none' | 'open' | 'told' = 'none';

  get open(): boolean {
    return this.state === 'open';
  }

  /** Something of an answer came. */
  heard(rev: number): void {
    this.newest = Math.max(this.newest, rev);
  }

  restored(named: boolean, rev: number): void {
    // A new name is always noticed.
    if (named) this.state = 'none';
    else if (this.newest > rev) this.state = 'open';
    if (named) this.newest = 0;
  }

  /** A whole answer came; `seen`: what the desk knew by then, `rev`: where the server stood. */
  answered(path: string, begins: boolean, seen: number, rev: number): void {
    if (path === '/health' && rev < seen && this.state === 'open') this.state = 'told';
    // What it holds now is all of this server's.
    if (path === '/sync/snapshot' && begins && this.state !== 'none') {
      this.state = 'none';
      this.newest = rev;
    }
  }

  /** What it was told and had not yet acted on is forgotten. */
  processEnded(): void {
    if (this.state === 'told') this.state = 'open';
  }
}
