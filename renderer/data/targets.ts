/** What an action is about: the chosen rows if there are any, else the open or focused case. */
export function targetsOf(chosen: ReadonlySet<string>, openId: string | null, focusedId: string | null): string[] {
  if (chosen.size > 0) return [...chosen];
  const one = openId ?? focusedId;
  return one === null ? [] : [one];
}
