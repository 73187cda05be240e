import { planOf } from './plan.ts';

/** What a run of some steps of a plan broke: names of promises. */
export type Broken = (keep: number[]) => Promise<ReadonlySet<string>>;

/**
 * Leaves steps out while the schedule still breaks one of the same promises: by halves, quarters and so on, at last one by one. Answers the steps
 * that are left, and how many schedules it took.
 */
export async function shrink(
  seed: number,
  broken: Broken,
  mostRuns = 150,
): Promise<{ keep: number[]; of: number; runs: number }> {
  let keep = planOf(seed).steps.map(({ n }) => n);
  const of = keep.length;
  const wanted = await broken(keep);
  let runs = 1;
  const stillBroken = async (some: number[]) => {
    runs += 1;
    const now = await broken(some);
    return [...now].some((name) => wanted.has(name));
  };
  for (
    let size = Math.ceil(keep.length / 2);
    size >= 1 && wanted.size > 0;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < keep.length && runs < mostRuns; ) {
      const without = [...keep.slice(0, at), ...keep.slice(at + size)];
      if (await stillBroken(without)) keep = without;
      else at += size;
    }
  }
  return { keep, of, runs };
}
