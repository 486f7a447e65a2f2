import { useState } from 'react';
import { useMap, useMapEvents } from 'react-leaflet';
import { boxOfView } from '../lib/dateLine';
import type { Bbox } from '../lib/filters';
import type L from 'leaflet';

export interface View {
  bbox: Bbox;
  zoom: number;
  /** The longitude in the middle, which may lie past 180. */
  middle: number;
}

const round = (value: number) => Number(value.toFixed(4));

export function readBbox(map: L.Map): Bbox {
  const bounds = map.getBounds();
  const [west, south, east, north] = [bounds.getWest(), Math.max(-90, bounds.getSouth()), bounds.getEast(), Math.min(90, bounds.getNorth())];
  return boxOfView(round(west), round(south), round(east), round(north)).map(round) as Bbox;
}

/** What the map shows, once somebody has looked somewhere. Whoever moves the map stands after those that ask. */
export function useMapView(): View | null {
  const map = useMap();
  const [view, setView] = useState<View | null>(null);
  useMapEvents({ moveend: () => setView({ bbox: readBbox(map), zoom: map.getZoom(), middle: map.getCenter().lng }) });
  return view;
}
