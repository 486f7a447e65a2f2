import type { DayWeather } from '../../api/wire';
import { Icon } from '../Common/Icon';

export const WeatherLine = ({ day }: { day: DayWeather }) => (
  <p className="flex items-start gap-2 text-sm text-muted">
    <Icon name="sun" className="size-5 text-apricot-800" /> {day.summary}
  </p>
);
