import type { PlaceSuggestion } from '../../api/wire';
import type { Bbox } from '../../lib/filters';

type Pixel = readonly [x: number, y: number];
/** A part of the screen, by its middle and the halves of its sides. */
type Area = readonly [at: Pixel, half: Pixel];

export interface Label {
  id: string;
  name: string;
  center: readonly [lng: number, lat: number];
  /** How far below its place the middle of the name stands. */
  below: number;
}

const HALF_LETTER_PX = 4.5;
const HALF_LINE_PX = 11;
/** Above its place, below it, or farther above. */
const WAYS = [-34, 34, -62];

const meet = ([a, halfA]: Area, [b, halfB]: Area) => Math.abs(a[0] - b[0]) < halfA[0] + halfB[0] && Math.abs(a[1] - b[1]) < halfA[1] + halfB[1];

/** Each name where it is free: the better known ones, which come first, choose first. One without room is left out. */
export function labelsOf(places: PlaceSuggestion[], project: (center: Label['center']) => Pixel, signs: Area[]): Label[] {
  const taken = [...signs];
  return places.flatMap(({ id, name, center: [lng = 0, lat = 0] }): Label[] => {
    const [x, y] = project([lng, lat]);
    const areas = WAYS.map((below): Area => [[x, y + below], [name.length * HALF_LETTER_PX + 4, HALF_LINE_PX]]);
    const free = areas.findIndex((area) => !taken.some((other) => meet(area, other)));
    const area = areas[free];
    if (!area) return [];
    taken.push(area);
    return [{ id, name, center: [lng, lat], below: WAYS[free] ?? 0 }];
  });
}

/** A somewhat larger part of the map, on a grid of its own size: small moves ask nothing anew. */
export function squareAround([west, south, east, north]: Bbox): Bbox {
  const wide = (east - west + 360) % 360 || 360;
  const step = 2 ** Math.floor(Math.log2(Math.max(wide, north - south))) / 2;
  const down = (value: number) => Math.floor(value / step) * step;
  const up = (value: number) => Math.ceil(value / step) * step;
  const lats = [Math.max(-90, down(south)), Math.min(90, up(north))] as const;
  if (wide + 2 * step >= 360) return [-180, lats[0], 180, lats[1]];
  const within = (lng: number) => ((((lng + 180) % 360) + 360) % 360) - 180;
  return [within(down(west)), lats[0], within(up(east)), lats[1]];
}
