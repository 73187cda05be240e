import { CloseButton } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { categorySchema, sourceSchema } from '../../../shared/model/codes.ts';
import { type DeskState, useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { pathOf, placeName, type Register, useRegister } from '../../data/use-register.ts';
import { formatCount } from '../../ui/numbers.ts';
import type { TimeWords } from '../../ui/time.ts';
import { useWords } from '../../ui/use-words.ts';
import { CampaignMenu } from './CampaignMenu.tsx';
import { CodeMenu } from './CodeMenu.tsx';
import { type Chip, chipsOf, lastChip, without } from './chips.ts';
import css from './filters.module.css';

/** Conditions of the list: menus to add, chips to take away, Esc for the last one. */
export function FilterBar({ children }: { children: ReactNode }) {
  const t = useWords('filters');
  const desk = useDesk();
  const register = useRegister();
  const chips = chipsOf(desk);
  const remove = (chip: Chip): void => {
    const above = pathOf(register, desk.scope).at(-2) ?? desk.scope;
    // Only the chip's own condition goes: a cluster's list stays while another chip is taken away, and the other way round.
    desk.narrow({ caseIds: desk.caseIds, clusterTotal: desk.clusterTotal, ...without(desk, chip, above) });
  };
  useEscape(remove);
  const bar = useRef<HTMLDivElement>(null);
  /** Whoever takes chips away one after the other stays among them. */
  const removeHere = (chip: Chip, index: number): void => {
    remove(chip);
    requestAnimationFrame(() => {
      const closers = bar.current?.querySelectorAll<HTMLElement>('[data-testid^=chip-] button') ?? [];
      (
        closers[Math.min(index, closers.length - 1)] ?? document.querySelector<HTMLElement>('[data-focus-home]')
      )?.focus();
    });
  };
  return (
    <div className={css.bar} role="toolbar" aria-label={t('label')} ref={bar}>
      {children}
      <CodeMenu
        name="source"
        options={sourceSchema.options}
        value={desk.sources}
        onChange={(sources) => desk.narrow({ sources })}
      />
      <CodeMenu
        name="category"
        options={categorySchema.options}
        value={desk.categories}
        onChange={(categories) => desk.narrow({ categories })}
      />
      <CampaignMenu />
      {chips.map((chip, index) => {
        const text = chipText(chip, register, t);
        return (
          <span key={`${chip.kind}-${text}`} className={css.chip} data-testid={`chip-${chip.kind}`}>
            {text}
            <CloseButton
              size={16}
              iconSize={12}
              className={css.close}
              aria-label={t('remove', { text })}
              onClick={() => removeHere(chip, index)}
              onKeyDown={(event) => {
                if (event.key !== 'Delete' && event.key !== 'Backspace') return;
                event.preventDefault();
                event.stopPropagation();
                removeHere(chip, index);
              }}
            />
          </span>
        );
      })}
    </div>
  );
}

function chipText(chip: Chip, register: Register, t: TimeWords): string {
  switch (chip.kind) {
    case 'scope':
      return placeName(register, chip, '');
    case 'source':
    case 'category':
      return t(`codes:${chip.kind}.${chip.value}`);
    case 'campaign':
      return register.campaigns.find((campaign) => campaign.id === chip.value)?.name ?? chip.value;
    case 'work':
      return t(`codes:workFacet.${chip.value}`);
    case 'text':
      return t('chip.text', { text: chip.value });
    case 'cluster':
      return t(chip.count < chip.total ? 'chip.clusterNewest' : 'chip.cluster', {
        n: formatCount(chip.count),
        total: formatCount(chip.total),
      });
    default:
      return chip satisfies never;
  }
}

/** Esc on the desk: first the choice of rows, then the narrowest condition. */
function useEscape(remove: (chip: Chip) => void): void {
  useHotkeys('desk', {
    Escape: () => {
      const desk: DeskState = useDesk.getState();
      if (desk.chosenIds.size > 0) return desk.set({ chosenIds: new Set() });
      const chip = lastChip(chipsOf(desk));
      if (chip) remove(chip);
    },
  });
}
