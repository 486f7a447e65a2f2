import L from 'leaflet';
import { useMemo } from 'react';
import { Marker, useMap } from 'react-leaflet';
import { useNamedPlacesQuery } from '../../features/search/api/searchApi';
import { useMapView } from '../../hooks/useMapView';
import { nearMiddle } from '../../lib/dateLine';
import { labelsOf, squareAround, type Label } from './labels';

function labelIcon({ name, below }: Label) {
  const label = document.createElement('span');
  label.textContent = name;
  label.className = 'place-label';
  label.style.setProperty('--below', `${below}px`);
  return L.divIcon({ html: label, className: '', iconSize: [0, 0] });
}

interface Sign {
  at: readonly [lng: number, lat: number];
  /** Halves of its sides in pixels. */
  half: readonly [x: number, y: number];
}

const NO_SIGNS: Sign[] = [];

/** The gazetteer's names of cities, so that the plain base map can be read. They keep off the signs on it. */
export function PlaceLabels({ signs = NO_SIGNS }: { signs?: Sign[] }) {
  const map = useMap();
  const view = useMapView();
  const { data } = useNamedPlacesQuery(view ? squareAround(view.bbox).join(',') : '', { skip: !view });
  const labels = useMemo(() => {
    if (!view || !data) return [];
    const project = ([lng, lat]: Label['center']) => {
      const { x, y } = map.project([lat, nearMiddle(lng, view.middle)], view.zoom);
      return [x, y] as const;
    };
    const found = labelsOf(data, project, signs.map(({ at, half }) => [project(at), half] as const));
    return found.map((label) => ({ label, icon: labelIcon(label) }));
  }, [view, data, map, signs]);
  return labels.map(({ label, icon }) => (
    <Marker
      key={label.id}
      position={[label.center[1], nearMiddle(label.center[0], view?.middle ?? 0)]}
      icon={icon}
      interactive={false}
      keyboard={false}
      zIndexOffset={-1000}
    />
  ));
}
