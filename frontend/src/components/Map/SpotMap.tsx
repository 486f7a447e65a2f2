import { Circle, CircleMarker } from 'react-leaflet';
import { BaseMap } from './BaseMap';
import { PlaceLabels } from './PlaceLabels';

const ZOOM = 14;
const COLOURS = { color: '#0b5a4d', weight: 3, fillColor: '#f2a65a' };
/** Metres by which a listing's public point is away from it at most. */
const REACH = 250;

interface Props {
  coordinates: [lng: number, lat: number];
  /** The point itself; else the circle in which the place is. */
  exact?: boolean;
}

export default function SpotMap({ coordinates: [lng, lat], exact = false }: Props) {
  return (
    <BaseMap center={[lat, lng]} zoom={ZOOM}>
      <PlaceLabels />
      {exact ? (
        <CircleMarker center={[lat, lng]} radius={14} pathOptions={{ ...COLOURS, fillOpacity: 0.85 }} interactive={false} />
      ) : (
        <Circle center={[lat, lng]} radius={REACH} pathOptions={{ ...COLOURS, fillOpacity: 0.35 }} interactive={false} />
      )}
    </BaseMap>
  );
}
