import type { MapTokens } from '../theme.ts';

export interface MapImage {
  id: string;
  data: ImageData;
  options: {
    pixelRatio: number;
    stretchX?: [number, number][];
    content?: [number, number, number, number];
  };
}

/** Drawn at twice the size, so that they stay sharp on dense displays. */
const RATIO = 2;

function draw(size: number, paint: (context: CanvasRenderingContext2D) => void): ImageData {
  const canvas = new OffscreenCanvas(size * RATIO, size * RATIO);
  const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D | null;
  if (context === null) throw new Error('no 2D canvas for the map images');
  context.scale(RATIO, RATIO);
  paint(context);
  return context.getImageData(0, 0, size * RATIO, size * RATIO);
}

/** Diagonal stripes that continue from tile to tile. */
function hatch(tokens: MapTokens): ImageData {
  return draw(8, (context) => {
    context.strokeStyle = tokens.hatch;
    context.lineWidth = 1.2;
    for (const shift of [-8, 0, 8]) {
      context.beginPath();
      context.moveTo(shift - 1, 9);
      context.lineTo(shift + 9, -1);
      context.stroke();
    }
  });
}

function shape(tokens: MapTokens, fill: string, path: readonly (readonly [number, number])[] | 'disc', ring?: string) {
  return draw(22, (context) => {
    context.beginPath();
    if (path === 'disc') context.arc(11, 11, 4.6, 0, 2 * Math.PI);
    else for (const [x, y] of path) context.lineTo(x, y);
    context.closePath();
    context.lineJoin = 'round';
    context.strokeStyle = tokens.halo;
    context.lineWidth = 4;
    context.stroke();
    context.fillStyle = fill;
    context.fill();
    if (ring === undefined) return;
    context.beginPath();
    context.arc(11, 11, 9.6, 0, 2 * Math.PI);
    context.strokeStyle = ring;
    context.lineWidth = 1.6;
    context.stroke();
  });
}

const triangle = [
  [11, 4.6],
  [17, 15.4],
  [5, 15.4],
] as const;
const diamond = [
  [11, 4.6],
  [16.6, 11],
  [11, 17.4],
  [5.4, 11],
] as const;

/** Images the layers name. State is shape and colour: triangle overdue, diamond high risk, disc otherwise; ring: overdue and high risk. */
export function mapImages(tokens: MapTokens): MapImage[] {
  const plain = { pixelRatio: RATIO };
  const pill = draw(16, (context) => {
    context.fillStyle = tokens.overdue;
    context.beginPath();
    context.roundRect(0, 0, 16, 16, 8);
    context.fill();
  });
  return [
    { id: 'hatch', data: hatch(tokens), options: plain },
    { id: 'badge', data: pill, options: { ...plain, stretchX: [[15, 17]], content: [6, 4, 26, 28] } },
    { id: 'overdue', data: shape(tokens, tokens.overdue, triangle), options: plain },
    { id: 'risk', data: shape(tokens, tokens.risk, diamond), options: plain },
    { id: 'overdue-risk', data: shape(tokens, tokens.overdue, triangle, tokens.risk), options: plain },
    { id: 'case', data: shape(tokens, tokens.ok, 'disc'), options: plain },
  ];
}
