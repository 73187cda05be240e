import { isDirection, nextInDirection } from './nearest.ts';
import { badgeCentre, type LabelBox, nameRect, type Placed, placeLabels, type Rect } from './placement.ts';

/** What one label says. Texts come ready from the page: the map knows no language. */
export interface AreaLabel {
  code: string;
  name: string;
  lng: number;
  lat: number;
  /** Inside the disc; null for a name alone. */
  text: string | null;
  /** Share of the largest value, 0 to 1: the disc grows with it. */
  share: number;
  /** Higher first where there is not room for all names. */
  rank: number;
  /** Overdue cases: the red badge; 0 shows none. */
  badge: number;
  /** Whole sentence for those who hear the screen. */
  description: string;
}

type Project = (lng: number, lat: number) => { x: number; y: number };

interface Item {
  label: AreaLabel;
  element: HTMLButtonElement;
  box: LabelBox;
  placed: Placed;
}

/**
 * Labels as elements over the canvas, so that they are real text: sharp, read aloud, reached by keyboard, measured before they are placed.
 * Inside the map's canvas container, so that dragging and the wheel go through to the map.
 */
export class LabelOverlay {
  readonly #root: HTMLDivElement;
  readonly #project: Project;
  #items: Item[] = [];

  constructor(parent: HTMLElement, project: Project, activate: (code: string) => void) {
    this.#project = project;
    this.#root = parent.ownerDocument.createElement('div');
    this.#root.className = 'map-labels';
    this.#root.setAttribute('role', 'group');
    parent.append(this.#root);
    this.#root.addEventListener('click', (event) => {
      // A click by mouse is the map's own (it knows drags from clicks); detail 0 is a click by keyboard or assistive tool.
      const code = labelCodeOf(event.target);
      if (event.detail !== 0 || code === null) return;
      event.stopPropagation();
      activate(code);
    });
    this.#root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Replaces what the labels say; elements are kept by code, so that focus stays. Call `place` next. */
  show(labels: readonly AreaLabel[]): void {
    const before = new Map(this.#items.map((item) => [item.label.code, item]));
    this.#items = labels.map((label) => {
      const old = before.get(label.code);
      before.delete(label.code);
      const element = old?.element ?? this.#create(label.code);
      write(element, label);
      return { label, element, box: emptyBox(label), placed: old?.placed ?? { dx: 0, dy: 0, side: null } };
    });
    for (const gone of before.values()) gone.element.remove();
    const active = this.#items.find((item) => item.element.tabIndex === 0) ?? this.#items[0];
    for (const item of this.#items) item.element.tabIndex = item === active ? 0 : -1;
  }

  /**
   * Measures, decides where each label goes, and moves them there. `frame`: the part of the map for names; `obstacles`: what else is drawn
   * and must not be covered. Both in pixels.
   */
  place(frame: Rect, obstacles: readonly Rect[]): void {
    for (const item of this.#items) item.box = measure(item, this.#project(item.label.lng, item.label.lat));
    const visible = this.#items.filter((item) => isNear(item.box, frame));
    const placed = placeLabels(
      visible.map((item) => item.box),
      frame,
      obstacles,
    );
    for (const item of this.#items) {
      item.placed = placed.get(item.label.code) ?? { dx: 0, dy: 0, side: null };
      arrange(item);
    }
    this.follow();
  }

  /** Moves the labels with the map; their arrangement stays until the map rests. */
  follow(): void {
    for (const { label, element, placed } of this.#items) {
      const { x, y } = this.#project(label.lng, label.lat);
      element.style.transform = `translate(${Math.round(x + placed.dx)}px, ${Math.round(y + placed.dy)}px)`;
    }
  }

  mark(code: string | null, selected: ReadonlySet<string>): void {
    for (const { label, element } of this.#items) {
      element.classList.toggle('is-hovered', label.code === code);
      if (selected.has(label.code)) element.setAttribute('aria-current', 'true');
      else element.removeAttribute('aria-current');
    }
  }

  destroy(): void {
    this.#root.remove();
  }

  #create(code: string): HTMLButtonElement {
    const element = this.#root.ownerDocument.createElement('button');
    element.type = 'button';
    element.className = 'map-label';
    element.dataset.code = code;
    element.tabIndex = -1;
    for (const part of ['disc', 'badge', 'name']) {
      const span = this.#root.ownerDocument.createElement('span');
      span.className = `map-label-${part}`;
      element.append(span);
    }
    this.#root.append(element);
    return element;
  }

  #onKey(event: KeyboardEvent): void {
    const from = this.#items.find((item) => item.element === event.target);
    if (from === undefined || !isDirection(event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const points = this.#items.map((item) => ({ item, ...this.#project(item.label.lng, item.label.lat) }));
    const here = points.find((point) => point.item === from);
    const next = here && nextInDirection(here, points, event.key);
    if (!next) return;
    from.element.tabIndex = -1;
    next.item.element.tabIndex = 0;
    next.item.element.focus({ preventScroll: true });
  }
}

/** The area whose label an event hit, or null. */
export function labelCodeOf(target: EventTarget | null): string | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('.map-label') : null;
  return element?.dataset.code ?? null;
}

function part(element: HTMLElement, name: 'disc' | 'badge' | 'name'): HTMLElement {
  return element.querySelector<HTMLElement>(`.map-label-${name}`) ?? element;
}

function write(element: HTMLButtonElement, label: AreaLabel): void {
  element.setAttribute('aria-label', label.description);
  element.dataset.value = label.text ?? '';
  element.dataset.badge = String(label.badge);
  element.style.setProperty('--share', label.share.toFixed(3));
  part(element, 'disc').textContent = label.text;
  part(element, 'badge').textContent = label.badge > 0 ? String(label.badge) : '';
  part(element, 'name').textContent = label.name;
  element.classList.toggle('is-name-only', label.text === null);
}

function measure({ label, element }: Item, { x, y }: { x: number; y: number }): LabelBox {
  const disc = part(element, 'disc');
  const name = part(element, 'name');
  return {
    ...emptyBox(label),
    x,
    y,
    disc: label.text === null ? null : { width: disc.offsetWidth, height: disc.offsetHeight },
    name: { width: name.offsetWidth, height: name.offsetHeight },
  };
}

/** Sets name and badge around the disc; both are positioned from the anchor, which is the disc's middle. */
function arrange({ element, box, placed }: Item): void {
  element.dataset.side = placed.side ?? 'none';
  const origin = { ...box, x: 0, y: 0 };
  const { left, top } = nameRect(origin, [0, 0], placed.side ?? 'above');
  part(element, 'name').style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  const [x, y] = badgeCentre(origin);
  part(element, 'badge').style.transform = `translate(calc(${Math.round(x)}px - 50%), calc(${Math.round(y)}px - 50%))`;
}

function emptyBox(label: AreaLabel): LabelBox {
  const { code: id, badge, rank } = label;
  return { id, x: 0, y: 0, disc: null, badge: badge > 0, name: { width: 0, height: 0 }, rank };
}

const isNear = (box: LabelBox, frame: Rect): boolean =>
  box.x > frame.left - 60 && box.x < frame.right + 60 && box.y > frame.top - 60 && box.y < frame.bottom + 60;
