import { shellCall } from '../data/bridge.ts';
import { firstContentIsThere } from './first-content.ts';

const mark = (name: 'firstContent' | 'firstHandledClick'): void => {
  shellCall('markMoment', { name }).catch(() => undefined);
};

/** Tells main when the page first showed rows or a form, and when the frame after its first click had been drawn. */
export function watchStart(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[data-testid="queue-row"], form')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      mark('firstContent');
      setTimeout(firstContentIsThere);
    });
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener('click', () => requestAnimationFrame(() => setTimeout(() => mark('firstHandledClick'))), {
    once: true,
  });
}
