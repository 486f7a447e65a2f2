import L from 'leaflet';
import { useMemo } from 'react';
import { Marker } from 'react-leaflet';
import { nearMiddle } from '../../../lib/dateLine';
import type { Bubble } from '../state/pins';
import { pressed } from './pressed';

interface Props {
  bubble: Bubble;
  middle: number;
  onOpen: (bubble: Bubble) => void;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function bubbleIcon(count: number) {
  const sign = document.createElement('span');
  sign.className = 'map-bubble';
  sign.dataset.count = String(count);
  sign.textContent = compact.format(count);
  const rest = document.createElement('span');
  rest.className = 'sr-only';
  rest.textContent = ' places here. Look closer.';
  sign.append(rest);
  return L.divIcon({ html: sign, className: '', iconSize: [0, 0] });
}

export function BubbleMarker({ bubble, middle, onOpen }: Props) {
  const { center, count } = bubble;
  const icon = useMemo(() => bubbleIcon(count), [count]);
  return <Marker position={[center[1], nearMiddle(center[0], middle)]} icon={icon} eventHandlers={pressed(() => onOpen(bubble))} />;
}
