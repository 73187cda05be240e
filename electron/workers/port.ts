/** The part of a MessagePort (Electron's MessagePortMain or Node's) that a worker uses. */
export interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}

/** `process.parentPort` of an Electron utility process. Declared here because Electron's types belong to main. */
export interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: Port[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** Throws where the process is not a utility process of ours. */
export function parentPort(): ParentPort {
  const { parentPort: port } = process as NodeJS.Process & { parentPort?: ParentPort };
  if (!port) throw new Error('this file runs as a utility process');
  return port;
}
