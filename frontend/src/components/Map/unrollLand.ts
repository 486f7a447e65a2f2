import type { FeatureCollection, Geometry, Position } from 'geojson';

const MOST_POLAR = 90;

/**
 * World-atlas draws on a sphere, where a ring may step over the 180th meridian. On a flat map it has to run on
 * beyond 180 degrees; a ring that goes once around the pole is closed along that pole.
 */
export function unrollRing(ring: Position[]): Position[] {
  let turn = 0;
  let before: number | undefined;
  const flat = ring.map(([lng = 0, lat = 0]): Position => {
    if (before !== undefined && lng - before > 180) turn -= 360;
    if (before !== undefined && before - lng > 180) turn += 360;
    before = lng;
    return [lng + turn, lat];
  });
  const [first, last] = [flat[0], flat.at(-1)];
  if (turn === 0 || !first || !last) return flat;
  const pole = (last[1] ?? 0) < 0 ? -MOST_POLAR : MOST_POLAR;
  return [...flat, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}

function unrollGeometry(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: geometry.coordinates.map(unrollRing) };
  if (geometry.type === 'MultiPolygon')
    return { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map(unrollRing)) };
  return geometry;
}

export const unrollLand = (land: FeatureCollection): FeatureCollection => ({
  ...land,
  features: land.features.map((one) => ({ ...one, geometry: unrollGeometry(one.geometry) })),
});
