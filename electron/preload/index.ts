import { contextBridge, ipcRenderer } from 'electron';
import {
  bridgeName,
  launchChanged,
  linkArrived,
  portMessages,
  portsWanted,
  shellChannel,
} from '../../shared/ipc/channels.ts';

/** The page's only way out: named calls to main, which checks sender, name and arguments. */
contextBridge.exposeInMainWorld(bridgeName, {
  call: (name: string, args: unknown): Promise<unknown> => ipcRenderer.invoke(shellChannel, name, args),
});

// A MessagePort does not cross the bridge: it is posted to the page itself.
for (const message of Object.values(portMessages)) {
  ipcRenderer.on(message, (event) => window.postMessage(message, location.origin, event.ports));
}
for (const message of [launchChanged, linkArrived]) {
  ipcRenderer.on(message, () => window.postMessage(message, location.origin));
}

window.addEventListener('message', (message) => {
  if (message.source === window && message.data === portsWanted) ipcRenderer.send(portsWanted);
});
