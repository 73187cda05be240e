import { describe, expect, it } from 'vitest';
import townsText from '../../../resources/geo/towns.geojson?raw';
import villagesText from '../../../resources/geo/villages.geojson?raw';
import { type LabelBox, nameRect, overlaps, placeLabels, type Rect } from './placement.ts';

interface Area {
  code: string;
  name: string;
  townCode?: string;
  labelLng: number;
  labelLat: number;
}
const areasOf = (text: string): Area[] =>
  (JSON.parse(text) as { features: { properties: Area }[] }).features.map((feature) => feature.properties);
const towns = areasOf(townsText);
const villages = areasOf(villagesText);

/** The areas as labels, fitted into a frame the way the map fits them. */
function labelsIn(areas: readonly Area[], frame: Rect, pill = false): LabelBox[] {
  const xs = areas.map((area) => area.labelLng * 0.9035);
  const ys = areas.map((area) => -area.labelLat);
  const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
  // Outlines reach further than label points: the labels take about three quarters of the frame.
  const scale =
    0.76 *
    Math.min((frame.right - frame.left) / (Math.max(...xs) - x0), (frame.bottom - frame.top) / (Math.max(...ys) - y0));
  return areas.map((area, index) => {
    const size = pill ? 24 : 22 + ((index * 7) % 16);
    return {
      id: area.code,
      x: frame.left + (frame.right - frame.left) * 0.12 + ((xs[index] ?? 0) - x0) * scale,
      y: frame.top + (frame.bottom - frame.top) * 0.12 + ((ys[index] ?? 0) - y0) * scale,
      disc: { width: pill ? 48 : size, height: size },
      badge: index % 2 === 0,
      name: { width: area.name.length * 12.5 + 2, height: 16 },
      rank: (index * 7) % 16,
    };
  });
}

function rectsOf(boxes: readonly LabelBox[], frame: Rect) {
  const placed = placeLabels(boxes, frame);
  const names: Rect[] = [];
  const discs: Rect[] = [];
  let left = 0;
  for (const box of boxes) {
    const { dx, dy, side } = placed.get(box.id) ?? { dx: 0, dy: 0, side: null };
    if (side === null) left += 1;
    else names.push(nameRect(box, [dx, dy], side));
    const [w, h] = [(box.disc?.width ?? 0) / 2, (box.disc?.height ?? 0) / 2];
    discs.push({ left: box.x + dx - w, right: box.x + dx + w, top: box.y + dy - h, bottom: box.y + dy + h });
  }
  return { names, discs, left };
}

const small: Rect = { left: 16, top: 80, right: 740, bottom: 660 };
const home: Rect = { left: 16, top: 80, right: 1040, bottom: 990 };

describe('labels of the map', () => {
  for (const [size, frame] of [
    ['1366×768', small],
    ['1920×1080', home],
  ] as const)
    it(`every town of the county shows name and count at ${size}, none over another`, () => {
      for (const pill of [false, true]) {
        const { names, discs, left } = rectsOf(labelsIn(towns, frame, pill), frame);
        expect(left).toBe(0);
        names.forEach((name, i) => {
          expect(names.some((other, j) => j !== i && overlaps(name, other))).toBe(false);
          expect(discs.some((disc) => overlaps(name, disc))).toBe(false);
        });
      }
    });

  it('in the town with the most villages no name covers another name or a count', () => {
    const own = villages.filter((village) => village.townCode === '350322101');
    expect(own).toHaveLength(39);
    const { names, discs, left } = rectsOf(labelsIn(own, small), small);
    expect(left).toBeLessThanOrEqual(2);
    names.forEach((name, i) => {
      expect(names.some((other, j) => j !== i && overlaps(name, other))).toBe(false);
      expect(discs.some((disc) => overlaps(name, disc))).toBe(false);
    });
  });

  it('discs at the same spot move apart, and not far', () => {
    const twin = (id: string): LabelBox => ({
      id,
      x: 300,
      y: 300,
      disc: { width: 30, height: 30 },
      badge: false,
      name: { width: 40, height: 16 },
      rank: 1,
    });
    const placed = placeLabels([twin('a'), twin('b')], small);
    const [a, b] = [placed.get('a'), placed.get('b')];
    const distance = Math.hypot((a?.dx ?? 0) - (b?.dx ?? 0), (a?.dy ?? 0) - (b?.dy ?? 0));
    expect(distance).toBeGreaterThanOrEqual(30);
    expect(distance).toBeLessThan(60);
  });

  it('a name that would leave the frame takes another side, and one without room is left out whole', () => {
    const box: LabelBox = {
      id: 'a',
      x: 300,
      y: 92,
      disc: { width: 24, height: 24 },
      badge: false,
      name: { width: 40, height: 16 },
      rank: 1,
    };
    expect(placeLabels([box], small).get('a')?.side).toBe('below');
    expect(placeLabels([box], { left: 290, top: 80, right: 310, bottom: 104 }).get('a')?.side).toBeNull();
  });
});
