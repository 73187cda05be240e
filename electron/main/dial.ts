import { spawn } from 'node:child_process';
import { app, shell } from 'electron';

/** How long the system may take to say that it has taken an address. */
const patienceMs = 5_000;

/** Hands a telephone address to the system. False: nothing here takes it, and the operator dials by hand. */
export async function handToTelephone(uri: string): Promise<boolean> {
  const scheme = uri.slice(0, uri.indexOf(':'));
  if (process.platform === 'linux') return handByXdg(scheme, uri);
  if (app.getApplicationNameForProtocol(`${scheme}:`) === '') return false;
  try {
    await shell.openExternal(uri);
    return true;
  } catch {
    return false;
  }
}

/** Electron reports success on Linux whether or not anything took the address, so the desktop's own tools are asked. */
async function handByXdg(scheme: string, uri: string): Promise<boolean> {
  const handler = await run('xdg-mime', ['query', 'default', `x-scheme-handler/${scheme}`]);
  if (handler.code !== 0 || handler.output.trim() === '') return false;
  const opened = await run('xdg-open', [uri]);
  // Still running after all this time: the telephone program itself, started in the foreground.
  return opened.code === 0 || opened.code === 'running';
}

function run(command: string, args: string[]): Promise<{ code: number | 'running'; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const timer = setTimeout(() => {
      child.unref();
      resolve({ code: 'running', output });
    }, patienceMs);
    const end = (code: number): void => {
      clearTimeout(timer);
      resolve({ code, output });
    };
    child.once('error', () => end(127));
    child.once('close', (code) => end(code ?? 1));
  });
}
