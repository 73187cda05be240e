import type { Ring } from './grid.ts';
import { doubleArea } from './grid.ts';
import { edgeOwners, sharedLengths } from './planar.ts';

export interface Piece {
  village: string;
  town: string;
  ring: Ring;
}

/**
 * Gives every village one piece: the largest of its cell. Splinters cut off by a bend of the outline go to the village
 * they share the longest border with, of the same town where there is one.
 */
export function attachSplinters(pieces: readonly Piece[]): Map<string, Ring[]> {
  const owners = edgeOwners(pieces.map((piece) => piece.ring));
  const main = new Map<string, number>();
  pieces.forEach((piece, index) => {
    const rival = main.get(piece.village);
    if (rival === undefined || doubleArea(piece.ring) > doubleArea((pieces[rival] as Piece).ring))
      main.set(piece.village, index);
  });
  const ownerOf = new Map<number, Piece>();
  for (const index of main.values()) ownerOf.set(index, pieces[index] as Piece);
  const left = new Set(pieces.keys());
  for (const index of ownerOf.keys()) left.delete(index);
  while (left.size > 0) {
    let best: { index: number; owner: Piece; length: number } | undefined;
    for (const index of left) {
      const piece = pieces[index] as Piece;
      for (const [neighbour, length] of sharedLengths(piece.ring, owners)) {
        const owner = ownerOf.get(neighbour);
        if (owner === undefined) continue;
        const weight = owner.town === piece.town ? length * 1e6 : length;
        if (best === undefined || weight > best.length) best = { index, owner, length: weight };
      }
    }
    if (best === undefined) throw new Error('a splinter touches no village');
    ownerOf.set(best.index, best.owner);
    left.delete(best.index);
  }
  const rings = new Map<string, Ring[]>();
  for (const [index, owner] of ownerOf) {
    const ring = (pieces[index] as Piece).ring;
    rings.set(owner.village, [...(rings.get(owner.village) ?? []), ring]);
  }
  return rings;
}
