import { app, Menu, shell } from 'electron';
import en from '../../resources/locales/en/app.json';
import zh from '../../resources/locales/zh-CN/app.json';
import type { Preferences } from '../../shared/ipc/contract.ts';

/** The window's menu (shown by Alt). Roles bring the system's own behaviour, the words are ours. */
export function setMenu(locale: Preferences['locale'], logFolder: string): void {
  const { menu } = locale === 'en' ? en : zh;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: menu.file, submenu: [{ role: 'quit', label: menu.quit }] },
      {
        label: menu.edit,
        submenu: [
          // The page has Ctrl+Z itself: in a field for the field, elsewhere for what was given last.
          { role: 'undo', label: menu.undo, registerAccelerator: false },
          { role: 'redo', label: menu.redo },
          { type: 'separator' },
          { role: 'cut', label: menu.cut },
          { role: 'copy', label: menu.copy },
          { role: 'paste', label: menu.paste },
          { role: 'selectAll', label: menu.selectAll, registerAccelerator: false },
        ],
      },
      {
        label: menu.view,
        submenu: [
          { role: 'togglefullscreen', label: menu.fullScreen },
          { role: 'reload', label: menu.reload },
          ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const, label: menu.developer }]),
        ],
      },
      { label: menu.help, submenu: [{ label: menu.logs, click: () => void shell.openPath(logFolder) }] },
    ]),
  );
}
