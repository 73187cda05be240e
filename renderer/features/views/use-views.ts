import { create } from 'zustand';
import { linkOfView } from '../../../shared/desk-link.ts';
import { type DeskView, maxViews, type SavedView, viewNameSchema } from '../../../shared/model/desk-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { usePreferences } from '../../data/preferences.ts';
import { placeName, useRegister } from '../../data/use-register.ts';
import { kept, moved, openView, renamed, viewOf } from '../../data/views.ts';
import { copyText } from '../../ui/copy-text.ts';
import { say } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useShared } from './shared.ts';
import { openedText } from './use-links.ts';

/** The view that was deleted or written over last, as it was; until the next one it can be brought back. */
interface Lost {
  kind: 'deleted' | 'overwritten';
  one: SavedView;
  index: number;
}
const useLost = create<{ lost: Lost | null }>()(() => ({ lost: null }));

/** The saved views and everything that can be done with them. Each change is kept at once. */
export function useViews() {
  const t = useWords('views');
  const register = useRegister();
  const views = usePreferences((state) => state.value.views);
  const lost = useLost((state) => state.lost);
  const keep = (next: SavedView[]): void => usePreferences.getState().change({ views: next });
  return {
    views,
    lost,
    open: ({ name, view }: SavedView): void => say(openedText(name, openView(view, register), t)),
    /** Answers with what stands in the way, in words. */
    save: (typed: string): string | null => {
      const name = viewNameSchema.safeParse(typed);
      if (!name.success) return t('badName');
      const over = views.find((one) => one.name === name.data);
      if (!over && views.length >= maxViews) return t('tooMany', { n: maxViews });
      keep(kept(views, name.data, viewOf(useDesk.getState()), crypto.randomUUID()));
      if (over) useLost.setState({ lost: { kind: 'overwritten', one: over, index: views.indexOf(over) } });
      return null;
    },
    rename: (id: string, typed: string): string | null => {
      const name = viewNameSchema.safeParse(typed);
      if (!name.success) return t('badName');
      const next = renamed(views, id, name.data);
      if (next === null) return t('nameTaken', { name: name.data });
      keep(next);
      return null;
    },
    remove: (one: SavedView): void => {
      useLost.setState({ lost: { kind: 'deleted', one, index: views.indexOf(one) } });
      keep(views.filter(({ id }) => id !== one.id));
    },
    takeBack: (): void => {
      if (lost === null) return;
      const others = views.filter(({ id }) => id !== lost.one.id);
      keep(others.toSpliced(lost.index, 0, lost.one));
      useLost.setState({ lost: null });
    },
    move: (id: string, by: -1 | 1): void => keep(moved(views, id, by)),
    copyLink: (view: DeskView, name: string | null): void => {
      say(copyText(linkOfView(view, name)) ? t('copied') : t('notCopied'));
    },
  };
}

/** A name for what stands on the desk: place, tile and what else it was narrowed by. */
export function useSuggestedName(): string {
  const t = useWords('views');
  const register = useRegister();
  const shared = useShared((state) => state.shared);
  const desk = useDesk();
  if (shared !== null && JSON.stringify(shared.view) === JSON.stringify(viewOf(desk))) return shared.name;
  const parts = [
    placeName(register, desk.scope, t('county')),
    t(`codes:metric.count.${desk.metric}.name`),
    ...desk.sources.map((source) => t(`codes:source.${source}`)),
    ...desk.categories.map((category) => t(`codes:category.${category}`)),
    desk.text,
  ];
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 30)
    .trim();
}
