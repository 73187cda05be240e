// Names only, and no library: the preload script is read before every page.

/** Message by which the preload hands the page its port to a worker; again after that worker was started anew. `ports[0]` is the port. */
export const portMessages = { reader: 'xianyou:port:reader', writer: 'xianyou:port:writer' } as const;
export type WorkerKind = keyof typeof portMessages;
/** The page asks the preload, and the preload main, for the ports: sent once the page listens, so that none is lost. */
export const portsWanted = 'xianyou:ports-wanted';
/** Main tells the page that `launchInfo` changed: the replica failed, or works again. */
export const launchChanged = 'xianyou:launch-changed';
/** Main tells the page that `takeLink` has something: the app was opened with an address of ours. */
export const linkArrived = 'xianyou:link-arrived';
/** Name under which the preload exposes the shell bridge: `window.xianyou.call(name, args)`. */
export const bridgeName = 'xianyou';
/** The only ipcRenderer.invoke channel. */
export const shellChannel = 'xianyou:shell';
