import type { Weather } from '../../api/wire';
import { sourceNames } from '../../lib/weather';

export const WeatherSource = ({ weather }: { weather: Pick<Weather, 'source' | 'attribution'> }) => (
  <p className="text-sm text-muted">
    {sourceNames[weather.source]}. {weather.attribution}
  </p>
);
