import { create } from 'zustand';

interface Drafts {
  texts: Readonly<Record<string, string>>;
  write(key: string, text: string): void;
  drop(key: string): void;
}

/** Words typed and not yet sent, by what they belong to (`call:<case id>`): a form never shows another case's text, and closing loses nothing. */
const useDrafts = create<Drafts>()((set) => ({
  texts: {},
  write: (key, text) => set((state) => ({ texts: { ...state.texts, [key]: text } })),
  drop: (key) =>
    set((state) => ({ texts: Object.fromEntries(Object.entries(state.texts).filter(([known]) => known !== key)) })),
}));

/** Puts words back that were sent and taken back; what was typed there meanwhile stays before them. */
export function keepDraft(key: string, text: string): void {
  const { texts, write } = useDrafts.getState();
  const typed = texts[key] ?? '';
  write(key, typed === '' || typed === text ? text : `${typed}\n${text}`);
}

/** The words that lie under a key; empty when there are none. */
export function draftAt(key: string): string {
  return useDrafts.getState().texts[key] ?? '';
}

export function writeDraft(key: string, text: string): void {
  useDrafts.getState().write(key, text);
}

export function useDraft(key: string): { text: string; write(text: string): void; drop(): void } {
  const text = useDrafts((state) => state.texts[key] ?? '');
  const write = useDrafts((state) => state.write);
  const drop = useDrafts((state) => state.drop);
  return { text, write: (next) => write(key, next), drop: () => drop(key) };
}
