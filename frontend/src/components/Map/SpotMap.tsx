import { CircleMarker } from 'react-leaflet';
import { useAppSelector } from '../../store/hooks';
import { selectPlaces } from '../../store/slices/searchSlice';
import { BaseMap } from './BaseMap';
import { PlaceLabels } from './PlaceLabels';

const ZOOM = 10;

export default function SpotMap({ coordinates: [lng, lat] }: { coordinates: [lng: number, lat: number] }) {
  const places = useAppSelector(selectPlaces);
  return (
    <BaseMap center={[lat, lng]} zoom={ZOOM}>
      <PlaceLabels places={places} />
      <CircleMarker center={[lat, lng]} radius={14} pathOptions={{ color: '#0b5a4d', weight: 3, fillColor: '#f2a65a', fillOpacity: 0.85 }} interactive={false} />
    </BaseMap>
  );
}
