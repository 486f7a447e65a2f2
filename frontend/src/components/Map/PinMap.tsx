import L from 'leaflet';
import { useEffect, useMemo, useRef } from 'react';
import { Marker, useMap, useMapEvents } from 'react-leaflet';
import { BaseMap } from './BaseMap';
import { PlaceLabels } from './PlaceLabels';

type LngLat = [lng: number, lat: number];

interface Props {
  pin: LngLat | null;
  /** Where to look while nothing is marked. */
  start: LngLat | null;
  onPin: (point: LngLat) => void;
}

const WORLD_ZOOM = 2;
const CITY_ZOOM = 11;
const PIN_ZOOM = 13;

function pinIcon() {
  const sign = document.createElement('span');
  sign.className = 'map-pin';
  return L.divIcon({ html: sign, className: '', iconSize: [0, 0] });
}

const pointOf = ({ lng, lat }: L.LatLng): LngLat => [L.Util.wrapNum(lng, [-180, 180], true), lat];

function Follow({ pin, start, onPin }: Props) {
  const map = useMap();
  useMapEvents({ click: ({ latlng }) => onPin(pointOf(latlng)) });
  const [lng, lat] = pin ?? start ?? [];
  const marked = pin !== null;
  useEffect(() => {
    if (lng === undefined || lat === undefined) return;
    if (marked && map.getBounds().contains([lat, lng]) && map.getZoom() > WORLD_ZOOM) return;
    map.setView([lat, lng], marked ? Math.max(map.getZoom(), CITY_ZOOM) : CITY_ZOOM, { animate: false });
  }, [map, lng, lat, marked]);
  return null;
}

export default function PinMap({ pin, start, onPin }: Props) {
  const icon = useMemo(() => pinIcon(), []);
  const marker = useRef<L.Marker>(null);
  const at = pin ?? start;
  return (
    <section aria-label="Map to mark the place" className="size-full">
      <BaseMap center={at ? [at[1], at[0]] : [15, 20]} zoom={pin ? PIN_ZOOM : at ? CITY_ZOOM : WORLD_ZOOM}>
        <PlaceLabels />
        <Follow pin={pin} start={start} onPin={onPin} />
        {pin && (
          <Marker
            ref={marker}
            position={[pin[1], pin[0]]}
            icon={icon}
            draggable
            keyboard={false}
            alt="The place"
            eventHandlers={{ dragend: () => marker.current && onPin(pointOf(marker.current.getLatLng())) }}
          />
        )}
      </BaseMap>
    </section>
  );
}
