import { IconChevronDown, IconChevronUp, IconLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { SavedView } from '../../../shared/model/desk-view.ts';
import { useWords } from '../../ui/use-words.ts';
import type { useViews } from './use-views.ts';
import css from './views.module.css';

interface Props {
  one: SavedView;
  /** Digit of its key; null: it has none. */
  number: number | null;
  first: boolean;
  last: boolean;
  all: ReturnType<typeof useViews>;
  onOpen(): void;
}

/** One saved view. On its name: Enter opens, F2 renames, Delete deletes, Alt with an arrow moves. */
export function ViewRow({ one, number, first, last, all, onOpen }: Props) {
  const t = useWords('views');
  const [naming, setNaming] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') setNaming(true);
    else if (event.key === 'Delete') all.remove(one);
    else if (event.altKey && event.key === 'ArrowUp') all.move(one.id, -1);
    else if (event.altKey && event.key === 'ArrowDown') all.move(one.id, 1);
    else return;
    event.preventDefault();
  };
  if (naming) return <NameField one={one} rename={all.rename} onDone={() => setNaming(false)} />;
  const actions = [
    { key: 'rename', Icon: IconPencil, run: () => setNaming(true), off: false },
    { key: 'link', Icon: IconLink, run: () => all.copyLink(one.view, one.name), off: false },
    { key: 'up', Icon: IconChevronUp, run: () => all.move(one.id, -1), off: first },
    { key: 'down', Icon: IconChevronDown, run: () => all.move(one.id, 1), off: last },
    { key: 'delete', Icon: IconTrash, run: () => all.remove(one), off: false },
  ];
  return (
    <li className={css.row} data-testid="view-row">
      <button type="button" className={css.open} data-stop onClick={onOpen} onKeyDown={onKeyDown} title={t('rowKeys')}>
        <span>{one.name}</span>
        {number !== null && <kbd>Ctrl+Shift+{number}</kbd>}
      </button>
      {actions.map(({ key, Icon, run, off }) => (
        <button
          key={key}
          type="button"
          className={css.act}
          aria-label={t(`act.${key}`, { name: one.name })}
          title={t(`act.${key}`, { name: one.name })}
          aria-disabled={off}
          onClick={() => !off && run()}
        >
          <Icon size={15} aria-hidden />
        </button>
      ))}
    </li>
  );
}

function NameField({ one, rename, onDone }: { one: SavedView; rename: Props['all']['rename']; onDone(): void }) {
  const t = useWords('views');
  const [name, setName] = useState(one.name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirm = (): void => {
    const refused = rename(one.id, name);
    setRefusal(refused);
    if (refused === null) onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') confirm();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone();
  };
  return (
    <li className={css.naming}>
      <input
        // The field takes the place of the name that was pressed.
        ref={(field) => field?.focus()}
        aria-label={t('act.rename', { name: one.name })}
        maxLength={30}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" onClick={confirm}>
        {t('rename')}
      </button>
      {refusal !== null && <em role="alert">{refusal}</em>}
    </li>
  );
}
