import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './filters.module.css';

interface Props<C extends string> {
  /** Namespace of the labels in codes: `source` or `category`. */
  name: 'source' | 'category';
  options: readonly C[];
  value: readonly C[];
  onChange(value: C[]): void;
}

/**
 * Picks any number of codes; stays open while picking. Each code stands with a bar and the number of cases it would list alone, as everything else on the
 * desk narrows them: a chart that is a filter.
 */
export function CodeMenu<C extends string>({ name, options, value, onChange }: Props<C>) {
  const t = useWords('filters');
  const [opened, setOpened] = useState(false);
  const filter = useFilter();
  const { data } = useQuery('facetCounts', opened ? { filter, facet: name } : null, ['case']);
  const counts = new Map(data?.counts.map(({ code, count }) => [code, count]));
  const most = Math.max(1, ...counts.values());
  return (
    <Menu
      withInitialFocusPlaceholder={false}
      closeOnItemClick={false}
      position="bottom-start"
      opened={opened}
      onChange={setOpened}
    >
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
      <Menu.Dropdown mah="min(72vh, 620px)" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('menu.counted', { metric: t(`codes:metric.count.${filter.metric}.name`) })}</Menu.Label>
        {options.map((option) => {
          const count = counts.get(option) ?? 0;
          return (
            <Menu.CheckboxItem
              key={option}
              data-testid={`facet-${option}`}
              data-count={data === null ? undefined : count}
              checked={value.includes(option)}
              onChange={(checked) => onChange(checked ? [...value, option] : value.filter((one) => one !== option))}
            >
              <span className={css.facet}>
                <span>{t(`codes:${name}.${option}`)}</span>
                <span className={css.track} aria-hidden>
                  <span style={{ inlineSize: `${(100 * count) / most}%` }} />
                </span>
                <span className={css.count}>{data === null ? '…' : formatCount(count)}</span>
              </span>
            </Menu.CheckboxItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
