import { Menu } from '@mantine/core';
import { useWords } from '../../ui/use-words.ts';
import css from './filters.module.css';

interface Props<C extends string> {
  /** Namespace of the labels in codes: `source` or `category`. */
  name: 'source' | 'category';
  options: readonly C[];
  value: readonly C[];
  onChange(value: C[]): void;
}

/** Picks any number of codes; stays open while picking. */
export function CodeMenu<C extends string>({ name, options, value, onChange }: Props<C>) {
  const t = useWords('filters');
  return (
    <Menu withInitialFocusPlaceholder={false} closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={css.menu}
          data-testid={`filter-${name}`}
          data-on={value.length > 0 || undefined}
        >
          {t(`menu.${name}`)}
          {value.length > 0 && <b>{value.length}</b>} <span aria-hidden>▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Menu.CheckboxItem
            key={option}
            checked={value.includes(option)}
            onChange={(checked) => onChange(checked ? [...value, option] : value.filter((one) => one !== option))}
          >
            {t(`codes:${name}.${option}`)}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
