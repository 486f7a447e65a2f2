import geojsonvt from 'geojson-vt';
import L from 'leaflet';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import coarseUrl from 'world-atlas/land-50m.json?url';
import fineUrl from 'world-atlas/land-10m.json?url';
import { unrollLand } from './unrollLand';

const FINE_FROM_ZOOM = 6;
const DEEPEST_ZOOM = 18;
const EXTENT = 4096;
const LAND = '#f4f2e7';
const COAST = '#a9bfb4';
const GRID = 'rgb(60 84 76 / 0.07)';

type LandIndex = ReturnType<typeof geojsonvt>;

const loaded = new Map<string, Promise<LandIndex>>();

function loadLand(url: string): Promise<LandIndex> {
  const known = loaded.get(url);
  if (known) return known;
  const index = fetch(url)
    .then((response) => response.json() as Promise<Topology<{ land: GeometryCollection }>>)
    .then((topology) =>
      geojsonvt(unrollLand(feature(topology, topology.objects.land)), { maxZoom: DEEPEST_ZOOM, indexMaxZoom: 4, extent: EXTENT, tolerance: 2 }),
    );
  loaded.set(url, index);
  index.catch(() => loaded.delete(url));
  return index;
}

/** Faint lines, so that plain land is still seen to move and to grow. */
function drawGrid(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.strokeStyle = GRID;
  context.lineWidth = window.devicePixelRatio;
  context.strokeRect(0, 0, canvas.width, canvas.height);
}

function drawLand(canvas: HTMLCanvasElement, index: LandIndex, { x, y, z }: L.Coords) {
  const context = canvas.getContext('2d');
  const tile = index.getTile(z, x, y);
  if (!context || !tile) return;
  const scale = canvas.width / EXTENT;
  context.fillStyle = LAND;
  context.strokeStyle = COAST;
  context.lineWidth = window.devicePixelRatio;
  context.beginPath();
  for (const { geometry } of tile.features)
    for (const ring of geometry as unknown as [number, number][][])
      ring.forEach(([px, py], at) => (at ? context.lineTo(px * scale, py * scale) : context.moveTo(px * scale, py * scale)));
  context.fill('evenodd');
  context.stroke();
}

/** The bundled base map: Natural Earth's land, cut into tiles in the browser. */
export const LandLayer = L.GridLayer.extend({
  createTile(this: L.GridLayer, coords: L.Coords, done: L.DoneCallback) {
    const canvas = document.createElement('canvas');
    const size = this.getTileSize();
    canvas.width = size.x * window.devicePixelRatio;
    canvas.height = size.y * window.devicePixelRatio;
    loadLand(coords.z < FINE_FROM_ZOOM ? coarseUrl : fineUrl).then(
      (index) => {
        drawLand(canvas, index, coords);
        drawGrid(canvas);
        done(undefined, canvas);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error('land could not be loaded'), canvas),
    );
    return canvas;
  },
}) as unknown as new (options: L.GridLayerOptions) => L.GridLayer;
