import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './dialog.module.css';
import { useDialogEscape } from './use-dialog-escape.ts';

interface Props {
  opened: boolean;
  onClose(): void;
  title: ReactNode;
  closeLabel: string;
  size: number | 'lg';
  /** Whether a click beside it leaves it as it is: for what must be closed on purpose. */
  holdsClicks?: boolean;
  children: ReactNode;
}

/** A dialog over the desk: there at once, and closed by Esc before anything under it hears the key. */
export function Dialog({ opened, onClose, title, closeLabel, size, holdsClicks = false, children }: Props) {
  useDialogEscape(opened, onClose);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnEscape={false}
      closeOnClickOutside={!holdsClicks}
      size={size}
      transitionProps={{ duration: 0 }}
      title={title}
      closeButtonProps={{ 'aria-label': closeLabel }}
    >
      {children}
    </Modal>
  );
}

/** What is filled in in a dialog, one thing below the other. */
export function DialogForm({ testId, children }: { testId: string; children: ReactNode }) {
  return (
    <div className={css.form} data-testid={testId}>
      {children}
    </div>
  );
}

/** What went wrong, said at once. */
export function DialogAlert({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={css.alert}>
      {children}
    </p>
  );
}

/** The last line: a hint at the left, the buttons at the right. */
export function DialogFoot({ hint, children }: { hint: ReactNode; children: ReactNode }) {
  return (
    <footer className={css.foot}>
      <span>{hint}</span>
      {children}
    </footer>
  );
}
