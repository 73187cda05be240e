import { beginsName, namedBy } from '../../../shared/syllables.ts';

/** Something the command bar can do: a command on cases, a place to look at, a period, a saved view. */
export interface BarEntry {
  id: string;
  kind: 'command' | 'view' | 'period' | 'place';
  name: string;
  /** Key that does the same, as it is to be pressed; null: none. */
  key: string | null;
  /** Why it cannot be done now, in words; null: it can. */
  refusal: string | null;
  run(): void;
}

/** `>` asks for commands alone; Chinese input methods write it in other forms. */
export function readBar(typed: string): { commandsOnly: boolean; term: string } {
  const words = typed.normalize('NFKC');
  // The two brackets are what Chinese input methods make of the sign.
  const asked = /^\s*[>\u300b\u3009]\s*/.exec(words);
  const term = (asked ? words.slice(asked[0].length) : words).toLowerCase().trim();
  return { commandsOnly: asked !== null, term };
}

const kinds = ['command', 'view', 'period', 'place'] as const;
/** Rows of the bar beside commands: what is looked for by words is the list's to show. */
const mostOfKind = { command: 8, view: 5, period: 5, place: 5 } as const;

/** What the words name, by characters, pinyin or initials. Names that begin with them come first, what cannot be done last, each kind together. */
export function entriesFor(
  typed: string,
  entries: readonly BarEntry[],
  syllables: ReadonlyMap<string, readonly string[]>,
): BarEntry[] {
  const { commandsOnly, term } = readBar(typed);
  if (!commandsOnly && term === '') return [];
  const read = ({ name }: BarEntry): readonly string[] => syllables.get(name) ?? [];
  return kinds.flatMap((kind) => {
    if (commandsOnly && kind !== 'command') return [];
    const found = entries.filter(
      (entry) => entry.kind === kind && (term === '' || namedBy(entry.name.toLowerCase(), read(entry), term)),
    );
    const rank = (entry: BarEntry): number =>
      (entry.refusal === null ? 0 : 2) + (beginsName(entry.name.toLowerCase(), read(entry), term) ? 0 : 1);
    const ordered = [...found].sort((a, b) => rank(a) - rank(b));
    return commandsOnly ? ordered : ordered.slice(0, mostOfKind[kind]);
  });
}
