import L from 'leaflet';
import { useMemo } from 'react';
import { Marker, Popup } from 'react-leaflet';
import type { GeoPoint, ListingCard, PlannedActivity } from '../../api/wire';
import { BaseMap } from './BaseMap';
import { MapView } from './MapView';
import { PlaceLabels } from './PlaceLabels';

type Kind = 'stay' | 'activity';

function pin(text: string, name: string, kind: Kind) {
  const mark = document.createElement('span');
  mark.className = `trip-pin trip-pin-${kind}`;
  mark.textContent = text;
  const spoken = document.createElement('span');
  spoken.className = 'sr-only';
  spoken.textContent = ` ${name}`;
  mark.append(spoken);
  return L.divIcon({ html: mark, className: '', iconSize: [0, 0] });
}

function Spot({ point, text, name, kind }: { point: GeoPoint; text: string; name: string; kind: Kind }) {
  const icon = useMemo(() => pin(text, name, kind), [text, name, kind]);
  const [lng, lat] = point.coordinates;
  return (
    <Marker position={[lat, lng]} icon={icon} zIndexOffset={kind === 'stay' ? 1000 : 0}>
      <Popup offset={[0, -8]} closeButton={false} autoPan={false}>
        <span className="block p-3 font-sans font-semibold">{name}</span>
      </Popup>
    </Marker>
  );
}

interface Props {
  activities: PlannedActivity[];
  stay: ListingCard | null;
}

/** The activities under their numbers, and the stay. */
export default function TripMap({ activities, stay }: Props) {
  const target = useMemo(
    () => ({ points: [...activities.map((one) => one.coordinates.coordinates), ...(stay ? [stay.location.coordinates.coordinates] : [])] }),
    [activities, stay],
  );
  return (
    <section aria-label="Map of the trip" className="size-full">
      <BaseMap center={[15, 20]} zoom={2}>
        <MapView target={target} onMove={() => undefined} />
        <PlaceLabels />
        {stay && <Spot point={stay.location.coordinates} text="⌂" name={`Your stay: ${stay.title}`} kind="stay" />}
        {activities.map((activity, index) => (
          <Spot key={`${activity.id}-${index}`} point={activity.coordinates} text={String(index + 1)} name={activity.name} kind="activity" />
        ))}
      </BaseMap>
    </section>
  );
}
