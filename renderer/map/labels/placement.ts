/**
 * Where labels go so that none covers another. Pure: pixels in, pixels out. A label is a disc (its value) at an anchor and a name
 * beside the disc; or a name alone. Discs that would touch move apart a little; names take the first free side. A name that finds
 * no room is left out whole, never cut; the discs always stay.
 */
export interface Size {
  width: number;
  height: number;
}

export interface LabelBox {
  id: string;
  /** Anchor in pixels of the map. */
  x: number;
  y: number;
  disc: Size | null;
  /** The disc wears a badge at its upper right. */
  badge: boolean;
  name: Size;
  /** Higher first where there is not room for all. */
  rank: number;
}

export type Side = 'on' | (typeof SIDES)[number];

export interface Placed {
  /** Shift of the disc from the anchor, pixels. */
  dx: number;
  dy: number;
  /** Where the name stands; null: no room. */
  side: Side | null;
}

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const DISC_GAP = 4;
const NAME_GAP = 1;
const BADGE = 8;
/** Size of the hole a name alone leaves at its anchor when it has to step aside. */
const ASIDE = 14;
const FURTHEST = 36;
/** In order of liking. The slanted ones are above or below with the name beginning or ending at the disc's middle. */
const SIDES = ['above', 'below', 'right', 'left', 'above-right', 'above-left', 'below-right', 'below-left'] as const;

/** Tries at making room for names that found none, by moving the discs around them further apart. */
const TRIES = 8;
const MORE_ROOM = 5;

/** `frame` is the part of the map that names must stay inside, `fixed` what they must not cover besides the discs. */
export function placeLabels(boxes: readonly LabelBox[], frame: Rect, fixed: readonly Rect[] = []): Map<string, Placed> {
  const order = [...boxes].sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
  const room = new Map<string, number>();
  let best: { placed: Map<string, Placed>; homeless: LabelBox[] } | undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const placed = arrange(order, room, frame, fixed);
    const homeless = order.filter((box) => box.disc !== null && placed.get(box.id)?.side === null);
    if (best === undefined || homeless.length < best.homeless.length) best = { placed, homeless };
    if (homeless.length === 0) break;
    for (const box of homeless) room.set(box.id, (room.get(box.id) ?? 0) + MORE_ROOM);
  }
  return best?.placed ?? new Map();
}

function arrange(
  order: readonly LabelBox[],
  room: ReadonlyMap<string, number>,
  frame: Rect,
  fixed: readonly Rect[],
): Map<string, Placed> {
  const shifts = spreadDiscs(order, room);
  const obstacles = [...fixed, ...order.flatMap((box) => discRects(box, shifts.get(box.id) ?? [0, 0]))];
  const sides = new Map<string, Side | null>();
  const taken = new Map<string, Rect>();
  // Later rounds let a name that came early make way for one that found nothing.
  for (let round = 0; round < 3; round += 1)
    for (const box of order) {
      taken.delete(box.id);
      const shift = shifts.get(box.id) ?? [0, 0];
      const side = freeSide(box, shift, [...obstacles, ...taken.values()], frame, round === 1);
      sides.set(box.id, side);
      if (side !== null) taken.set(box.id, nameRect(box, shift, side));
    }
  return new Map(
    order.map((box) => {
      const [dx, dy] = shifts.get(box.id) ?? [0, 0];
      return [box.id, { dx, dy, side: sides.get(box.id) ?? null }];
    }),
  );
}

/** The rectangle a name covers on a side of its disc. */
export function nameRect(box: LabelBox, [dx, dy]: readonly [number, number], side: Side): Rect {
  const { width, height } = box.name;
  const reachX = (box.disc?.width ?? ASIDE) / 2 + NAME_GAP + 2;
  const reachY = (box.disc?.height ?? ASIDE) / 2 + NAME_GAP;
  const slant = width / 2 - 4;
  const x = box.x + dx + horizontal(side) * (side.includes('-') ? slant : reachX + width / 2);
  const y = box.y + dy + vertical(side) * (reachY + height / 2);
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** Where the badge sits: on the disc's upper right shoulder. */
export function badgeCentre(box: LabelBox): [number, number] {
  const { width, height } = box.disc ?? { width: 0, height: 0 };
  // A pill's text reaches to its corner: there the badge stands a little outside.
  const inset = width > height + 4 ? -3 : Math.min(4, width * 0.14);
  return [box.x + width / 2 - inset, box.y - height / 2 + Math.max(0, inset)];
}

const horizontal = (side: Side): number => (side.endsWith('right') ? 1 : side.endsWith('left') ? -1 : 0);
const vertical = (side: Side): number => (side.startsWith('below') ? 1 : side.startsWith('above') ? -1 : 0);

function freeSide(
  box: LabelBox,
  shift: readonly [number, number],
  obstacles: readonly Rect[],
  frame: Rect,
  fromTheEnd: boolean,
): Side | null {
  const sides: readonly Side[] = box.disc === null ? ['on', ...SIDES] : SIDES;
  const fits = (side: Side) => {
    const rect = nameRect(box, shift, side);
    return inside(rect, frame) && !obstacles.some((other) => overlaps(rect, other));
  };
  return (fromTheEnd ? [...sides].reverse() : sides).find(fits) ?? null;
}

function discRects(box: LabelBox, [dx, dy]: readonly [number, number]): Rect[] {
  if (box.disc === null) return [];
  const [x, y] = [box.x + dx, box.y + dy];
  const [w, h] = [box.disc.width / 2, box.disc.height / 2];
  const disc = { left: x - w, right: x + w, top: y - h, bottom: y + h };
  if (!box.badge) return [disc];
  const [bx, by] = badgeCentre({ ...box, x, y });
  return [disc, { left: bx - BADGE, right: bx + BADGE, top: by - BADGE, bottom: by + BADGE }];
}

/** Pushes overlapping discs apart along the line between them, a fixed number of rounds, never far from the anchor. */
function spreadDiscs(boxes: readonly LabelBox[], room: ReadonlyMap<string, number>): Map<string, [number, number]> {
  const discs = boxes.filter((box) => box.disc !== null);
  const shifts = new Map(discs.map((box): [string, [number, number]] => [box.id, [0, 0]]));
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (let i = 0; i < discs.length; i += 1)
      for (let j = i + 1; j < discs.length; j += 1) {
        const [a, b] = [discs[i] as LabelBox, discs[j] as LabelBox];
        const gap = DISC_GAP + (room.get(a.id) ?? 0) + (room.get(b.id) ?? 0);
        const [shiftA, shiftB] = [shifts.get(a.id) as [number, number], shifts.get(b.id) as [number, number]];
        moved = push(a, b, shiftA, shiftB, gap) || moved;
      }
    if (!moved) break;
  }
  return shifts;
}

function push(a: LabelBox, b: LabelBox, shiftA: [number, number], shiftB: [number, number], gap: number): boolean {
  const dx = b.x + shiftB[0] - a.x - shiftA[0];
  const dy = b.y + shiftB[1] - a.y - shiftA[1];
  // Discs are round, values of several characters are wide pills: an ellipse serves for both.
  const reachX = ((a.disc?.width ?? 0) + (b.disc?.width ?? 0)) / 2 + gap;
  const reachY = ((a.disc?.height ?? 0) + (b.disc?.height ?? 0)) / 2 + gap;
  const distance = Math.hypot(dx / reachX, dy / reachY);
  if (distance >= 0.999) return false;
  const [ux, uy] = distance < 1e-6 ? [0, 1] : [dx / distance, dy / distance];
  const half = (1 - distance) / 2 + 0.005;
  const scale = distance < 1e-6 ? reachY : 1;
  move(shiftA, -ux * half * scale, -uy * half * scale);
  move(shiftB, ux * half * scale, uy * half * scale);
  return true;
}

function move(shift: [number, number], x: number, y: number): void {
  const [nx, ny] = [shift[0] + x, shift[1] + y];
  const far = Math.max(1, Math.hypot(nx, ny) / FURTHEST);
  shift[0] = nx / far;
  shift[1] = ny / far;
}

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (a: Rect, frame: Rect): boolean =>
  a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom;
