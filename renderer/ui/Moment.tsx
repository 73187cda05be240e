import { absoluteText, momentText } from './time.ts';
import { useWords } from './use-words.ts';

/** A moment: short on the screen, absolute on hover. `now` is the desk's clock, epoch ms. */
export function Moment({ at, now }: { at: number; now: number }) {
  const t = useWords('time');
  return (
    <time dateTime={new Date(at).toISOString()} title={absoluteText(at, t)}>
      {momentText(at, now, t)}
    </time>
  );
}
