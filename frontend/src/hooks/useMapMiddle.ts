import { useState } from 'react';
import { useMap, useMapEvents } from 'react-leaflet';

/** The longitude in the middle of the map, which may lie past 180. Whoever moves the map stands after those that ask. */
export function useMapMiddle(): number {
  const map = useMap();
  const [middle, setMiddle] = useState(() => map.getCenter().lng);
  useMapEvents({ moveend: () => setMiddle(map.getCenter().lng) });
  return middle;
}
