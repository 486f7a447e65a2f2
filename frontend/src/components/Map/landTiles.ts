import L from 'leaflet';
import { folder, names } from 'virtual:land';
import { EXTENT, LEVELS, nameOf } from './landLevels';

const LAND = '#f4f2e7';
const COAST = '#a9bfb4';
const GRID = 'rgb(60 84 76 / 0.07)';

/** Rings, each its first point and then steps. */
type Land = number[][];

const known = new Set(names.split(' '));
const loaded = new Map<string, Promise<Land>>();

function loadLand(name: string): Promise<Land> {
  const there = loaded.get(name);
  if (there) return there;
  const land = known.has(name) ? fetch(`${folder}/${name}.json`).then((response) => response.json() as Promise<Land>) : Promise.resolve([]);
  loaded.set(name, land);
  land.catch(() => loaded.delete(name));
  return land;
}

/** Faint lines, so that plain land is still seen to move and to grow. */
function drawGrid(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.strokeStyle = GRID;
  context.lineWidth = window.devicePixelRatio;
  context.strokeRect(0, 0, canvas.width, canvas.height);
}

/** The tile of the map is one of `parts` times `parts` of the land's tile, at `left` and `top` of them. */
function drawLand(canvas: HTMLCanvasElement, land: Land, { parts, left, top }: { parts: number; left: number; top: number }) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = (canvas.width * parts) / EXTENT;
  context.fillStyle = LAND;
  context.strokeStyle = COAST;
  context.lineWidth = window.devicePixelRatio;
  context.beginPath();
  for (const ring of land) {
    let [x, y] = [-left * canvas.width, -top * canvas.width];
    for (let at = 0; at < ring.length; at += 2) {
      x += (ring[at] ?? 0) * scale;
      y += (ring[at + 1] ?? 0) * scale;
      if (at) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
  }
  context.fill('evenodd');
  context.stroke();
}

function placeOf({ x, y, z }: L.Coords) {
  const level = LEVELS.findLast(({ from }) => z >= from) ?? LEVELS[0];
  const parts = 2 ** (z - level.zoom);
  return { name: nameOf(level.zoom, Math.floor(x / parts), Math.floor(y / parts)), parts, left: x % parts, top: y % parts };
}

/** The bundled base map: Natural Earth's land, of which a view loads what it shows. */
export const LandLayer = L.GridLayer.extend({
  createTile(this: L.GridLayer, coords: L.Coords, done: L.DoneCallback) {
    const canvas = document.createElement('canvas');
    const size = this.getTileSize();
    canvas.width = size.x * window.devicePixelRatio;
    canvas.height = size.y * window.devicePixelRatio;
    const place = placeOf(coords);
    loadLand(place.name).then(
      (land) => {
        drawLand(canvas, land, place);
        drawGrid(canvas);
        done(undefined, canvas);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error('land could not be loaded'), canvas),
    );
    return canvas;
  },
}) as unknown as new (options: L.GridLayerOptions) => L.GridLayer;
