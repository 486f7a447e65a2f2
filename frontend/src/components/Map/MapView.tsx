import L from 'leaflet';
import { useEffect, useRef } from 'react';
import { useMap, useMapEvents } from 'react-leaflet';
import { readBbox } from '../../hooks/useMapView';
import { eastInOnePiece } from '../../lib/dateLine';
import type { Bbox } from '../../lib/filters';

/** Where the map should look: an area, a point with its zoom, or the points it shows. */
export type MapTarget = { bbox: Bbox } | { center: [lng: number, lat: number] } | { points: [lng: number, lat: number][] };

const PLACE_ZOOM = 11;
// Deep enough that the prices of one street stand apart.
const CLOSEST_ZOOM = 16;
function look(map: L.Map, target: MapTarget) {
  if ('bbox' in target) {
    const [west, south, , north] = target.bbox;
    const east = eastInOnePiece(target.bbox);
    // A little smaller, so that the view that wrote the box is the view that comes back.
    map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(-0.02), { animate: false });
  } else if ('center' in target) map.setView([target.center[1], target.center[0]], PLACE_ZOOM, { animate: false });
  else if (target.points.length > 0)
    map.fitBounds(L.latLngBounds(target.points.map(([lng, lat]) => [lat, lng])), { animate: false, padding: [48, 48], maxZoom: CLOSEST_ZOOM });
}

/** Moves the map to its target and reports only the moves that a person made. */
export function MapView({ target, onMove }: { target: MapTarget; onMove: (view: Bbox) => void }) {
  const map = useMap();
  const key = JSON.stringify(target);
  const shown = useRef('');
  const ours = useRef(false);
  const moving = useRef(false);

  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    ours.current = true;
    look(map, JSON.parse(key) as MapTarget);
    ours.current = false;
  }, [map, key]);

  useMapEvents({
    movestart() {
      moving.current = !ours.current;
    },
    moveend() {
      if (!moving.current || ours.current) return;
      moving.current = false;
      const view = readBbox(map);
      shown.current = JSON.stringify({ bbox: view });
      onMove(view);
    },
  });
  return null;
}
