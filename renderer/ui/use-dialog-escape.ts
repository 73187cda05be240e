import { useEffect } from 'react';

/**
 * Esc for an open dialog, and for it alone: taken before anything else hears it, so that one press never closes the dialog and what lies under it.
 * An Esc that ends an IME's composition stays the IME's. Use with `closeOnEscape={false}`.
 */
export function useDialogEscape(open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const listener = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, [open, close]);
}
