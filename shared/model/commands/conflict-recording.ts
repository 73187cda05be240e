import type { Case } from '../case.ts';
import { type ConflictField, type ConflictValue, field, place, type Standing, when, words } from './conflict-field.ts';
import type { CaseCommandArgs } from './registry.ts';

type Args = CaseCommandArgs<'recordCase'>;
type Coded = 'source' | 'category' | 'petitionKind';

/** Everything that was typed of a case, beside the case of that id where there is one. What was left empty is left out. */
export function recordingFields(args: Args, at: number, { case: there, ...now }: Standing): ConflictField[] {
  const coded = (group: Coded, code: Case[Coded] | undefined): ConflictValue | null =>
    code == null ? null : { kind: 'code', group, code };
  const names = (ids: readonly string[]) => ids.map((id) => now.nameOf('campaign', id) ?? id).join('\n');
  const people = (parties: Case['parties']) => parties.map((party) => now.party(party)).join('\n');
  const standing = { case: there, ...now };
  const all: ConflictField[] = [
    field('title', words(args.title), words(there?.title), null),
    field('source', coded('source', args.source), coded('source', there?.source), null),
    field('sourceNo', words(args.sourceNo), words(there?.sourceNo), null),
    field('category', coded('category', args.category), coded('category', there?.category), null),
    field('detail', words(args.detail), words(there?.detail), null),
    field('address', words(args.address), words(there?.address), null),
    field('village', place(args.villageCode, standing), place(there?.villageCode ?? null, standing), null),
    field('parties', words(people(args.parties)), words(there && people(there.parties)), null),
    field('petitionKind', coded('petitionKind', args.petitionKind), coded('petitionKind', there?.petitionKind), null),
    field('campaign', words(names(args.campaigns)), words(there && names(there.campaigns)), null),
    field('link', words(args.link), null, null),
    field('recordedAt', when(args.recordedAt ?? at), when(there?.recordedAt), null),
  ];
  return all.filter(({ mine }) => mine !== null);
}
