import 'leaflet/dist/leaflet.css';
import L from 'leaflet';
import { useEffect, type ReactNode } from 'react';
import { MapContainer, ScaleControl, TileLayer, useMap } from 'react-leaflet';
import { LandLayer } from './landTiles';

// Half a world more on either side, so that what lies on the date line is seen in one piece.
const WORLD = L.latLngBounds([-85, -270], [85, 270]);
const LAND_CREDITS = 'Land: Natural Earth, from world-atlas';

function BundledLand() {
  const map = useMap();
  useEffect(() => {
    map.attributionControl.setPrefix('Leaflet');
    const layer = new LandLayer({ attribution: LAND_CREDITS, bounds: WORLD });
    layer.addTo(map);
    return () => {
      layer.remove();
    };
  }, [map]);
  return null;
}

interface Props {
  center: [lat: number, lng: number];
  zoom: number;
  children: ReactNode;
}

export function BaseMap({ center, zoom, children }: Props) {
  const tiles = import.meta.env.VITE_TILE_URL;
  return (
    <MapContainer
      center={center}
      zoom={zoom}
      minZoom={2}
      maxZoom={17}
      maxBounds={WORLD}
      maxBoundsViscosity={1}
      className="isolate size-full bg-[#cbe0e4]!"
    >
      {tiles ? <TileLayer url={tiles} attribution={import.meta.env.VITE_TILE_ATTRIBUTION} /> : <BundledLand />}
      <ScaleControl imperial={false} />
      {children}
    </MapContainer>
  );
}
