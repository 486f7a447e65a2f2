import type { Bbox } from './filters';

const within = (lng: number) => ((((lng + 180) % 360) + 360) % 360) - 180;

/** The box of a map's view, whose longitudes may lie past 180: over the date line west is more than east. */
export function boxOfView(west: number, south: number, east: number, north: number): Bbox {
  if (east - west >= 360) return [-180, south, 180, north];
  return west >= -180 && east <= 180 ? [west, south, east, north] : [within(west), south, within(east), north];
}

/** The eastern edge where a map draws the box in one piece. */
export const eastInOnePiece = ([west, , east]: Bbox) => (west > east ? east + 360 : east);

/** The copy of a longitude that is nearest to the middle of a map, which repeats the world. */
export const nearMiddle = (lng: number, middle: number) => lng + 360 * Math.round((middle - lng) / 360);
