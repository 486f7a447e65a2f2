import L from 'leaflet';
import { useMemo } from 'react';
import { useMap } from 'react-leaflet';
import type { FoundCard } from '../../../api/wire';
import { PlaceLabels } from '../../../components/Map/PlaceLabels';
import { useMapView } from '../../../hooks/useMapView';
import { nearMiddle } from '../../../lib/dateLine';
import type { Filters } from '../../../lib/filters';
import { useMapFoundQuery } from '../api/searchApi';
import { searchQueryIn } from '../api/request';
import { layoutOf, pointOf, signsOf, withPin, type Bubble } from '../state/pins';
import { BubbleMarker } from './BubbleMarker';
import { PriceMarker } from './PriceMarker';

interface Props {
  filters: Filters;
  /** The places of the list. */
  listed: FoundCard[];
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onChoose: (cards: FoundCard[]) => void;
}

const CLOSER = 2;
/** As close as places of one house are told apart. */
const CLOSEST_ZOOM = 17;

/** Every place that is found in what the map shows. */
export function PinLayer({ filters, listed, highlighted, onHighlight, onChoose }: Props) {
  const map = useMap();
  const view = useMapView();
  const { currentData, data } = useMapFoundQuery(searchQueryIn(view?.bbox ?? [-180, -90, 180, 90], filters), { skip: !view });
  const found = currentData ?? (view ? data : undefined);
  const zoom = view?.zoom ?? map.getZoom();
  const middle = view?.middle ?? map.getCenter().lng;
  const layout = useMemo(() => {
    const project = ([lng, lat]: readonly [number, number]) => {
      const { x, y } = map.project([lat, nearMiddle(lng, middle)], zoom);
      return [x, y] as const;
    };
    return layoutOf(found, listed, project);
  }, [found, listed, map, zoom, middle]);
  const signs = useMemo(() => signsOf(layout), [layout]);
  const { pins, bubbles } = withPin(layout, listed.find(({ id }) => id === highlighted));

  const open = ({ cards, center: [lng, lat] }: Bubble) => {
    const points = cards.map(pointOf).map(([east, north]) => L.latLng(north, nearMiddle(east, middle)));
    if (points.length === 0) return map.setView([lat, nearMiddle(lng, middle)], Math.min(CLOSEST_ZOOM, zoom + CLOSER));
    const bounds = L.latLngBounds(points);
    const closer = Math.min(CLOSEST_ZOOM, map.getBoundsZoom(bounds.pad(0.3)));
    return closer > zoom ? map.setView(bounds.getCenter(), closer) : onChoose(cards);
  };

  return (
    <>
      <PlaceLabels signs={signs} />
      {pins.map(({ card }) => (
        <PriceMarker key={card.id} listing={card} middle={middle} highlighted={card.id === highlighted} onHighlight={onHighlight} onChoose={onChoose} />
      ))}
      {bubbles.map((bubble) => (
        <BubbleMarker key={bubble.key} bubble={bubble} middle={middle} onOpen={open} />
      ))}
    </>
  );
}
