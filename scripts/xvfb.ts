import { spawn } from 'node:child_process';

export interface Display {
  /** The value for DISPLAY, e.g. ":0". */
  readonly display: string;
  /** Whether it is a screen somebody can see, not one started here. */
  readonly real: boolean;
  /** Ends what was started here and resolves when it is gone; does nothing to a display that was there before. */
  stop(): Promise<void>;
}

/**
 * Arguments for an Electron on a virtual screen: draw in software from the start. Left to itself Chromium tries a graphics card first, and the
 * process that finds none dies in one start of six; now and then the page waits for it in vain.
 */
export const virtualScreenArguments = ['--use-gl=angle', '--use-angle=swiftshader'] as const;

/** Whether this session can show windows by itself. Only Linux can lack a display. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The display of this session or, without one, a virtual 1920 × 1080 screen on a free number. */
export async function ensureDisplay(env: NodeJS.ProcessEnv = process.env): Promise<Display> {
  if (hasDisplay(env)) return { display: env.DISPLAY ?? '', real: true, stop: async () => {} };
  return startXvfb();
}

/** Runs `work` with a display and takes down afterwards what was started for it. */
export async function withDisplay<T>(work: (display: Display) => Promise<T>): Promise<T> {
  const display = await ensureDisplay();
  try {
    return await work(display);
  } finally {
    await display.stop();
  }
}

async function startXvfb(): Promise<Display> {
  // Xvfb picks a free number and writes it to descriptor 3 when it is ready to be used.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'];
  // Its own process group: Ctrl-C in the terminal must reach the app first and the screen last.
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  let words = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = text.trim() || words;
  });
  const gone = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`No display, and Xvfb cannot be started: ${error.message}`)));
    void gone.then(() => reject(new Error(`No display, and Xvfb ended at once: ${words}`)));
    let text = '';
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  return {
    display: `:${number}`,
    real: false,
    async stop() {
      process.off('exit', killWithUs);
      server.kill('SIGTERM');
      await gone;
    },
  };
}
