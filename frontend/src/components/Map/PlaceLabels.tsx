import L from 'leaflet';
import { Marker } from 'react-leaflet';
import type { Place } from '../../api/wire';
import { useMapMiddle } from '../../hooks/useMapMiddle';
import { nearMiddle } from '../../lib/dateLine';

function labelIcon(name: string) {
  const label = document.createElement('span');
  label.textContent = name;
  label.className = 'place-label';
  return L.divIcon({ html: label, className: '', iconSize: [0, 0] });
}

/** The names of the cities with listings, so that the plain base map can be read. */
export function PlaceLabels({ places }: { places: Place[] }) {
  const middle = useMapMiddle();
  return places.map(({ city, country, center: [lng, lat] }) => (
    <Marker key={`${city}${country}`} position={[lat, nearMiddle(lng, middle)]} icon={labelIcon(city)} interactive={false} keyboard={false} zIndexOffset={-1000} />
  ));
}
