/** Chosen rows with one more or one less. */
export function toggled(chosen: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Chosen rows with a stretch added: everything between the anchor and the row, both included, whichever is first. */
export function withRange(
  chosen: ReadonlySet<string>,
  anchor: number,
  to: number,
  idAt: (index: number) => string | null,
): Set<string> {
  const next = new Set(chosen);
  for (let index = Math.min(anchor, to); index <= Math.max(anchor, to); index += 1) {
    const id = idAt(index);
    if (id !== null) next.add(id);
  }
  return next;
}
