import { resolve } from 'node:path';
import { app } from 'electron';
import { linkScheme, maxLinkLength } from '../../shared/desk-link.ts';

/** The address of ours that the app was opened with, until a page takes it. What it means is the page's to read: nothing of it is trusted here. */
export class Links {
  private waiting: string | null;
  private readonly tell: () => void;

  /** `argv`: of the first start. `tell`: called when an address came later. */
  constructor(argv: readonly string[], tell: () => void) {
    this.waiting = linkIn(argv);
    this.tell = tell;
  }

  /** The newest takes the place of one that nobody has taken. */
  offer(argv: readonly string[]): void {
    const link = linkIn(argv);
    if (link === null) return;
    this.waiting = link;
    this.tell();
  }

  take(): string | null {
    const link = this.waiting;
    this.waiting = null;
    return link;
  }
}

/** The first argument that claims to be ours; one character too long at most, which is enough to know that it is. */
function linkIn(argv: readonly string[]): string | null {
  const link = argv.find((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`));
  return link?.slice(0, maxLinkLength + 1) ?? null;
}

/** Tells the system that addresses of ours are opened with this app. macOS hands them over by an event instead of by arguments. */
export function registerLinks(links: Links): void {
  app.on('open-url', (event, url) => {
    event.preventDefault();
    links.offer([url]);
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  // A program under development is no program to leave behind as the system's: only where it is asked for.
  else if (process.env.XIANYOU_REGISTER_LINKS === '1') {
    app.setAsDefaultProtocolClient(linkScheme, process.execPath, [resolve(process.argv[1] ?? '.')]);
  }
}
