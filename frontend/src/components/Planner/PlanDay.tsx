import type { ItineraryDay, PlannedActivity } from '../../api/wire';
import { formatFull } from '../../lib/dates';
import { humanise } from '../../lib/text';
import { WeatherLine } from './WeatherLine';

interface Props {
  day: ItineraryDay;
  number: number;
  /** The number of its first activity on the map. */
  firstMark: number;
}

function ActivityRow({ activity, mark }: { activity: PlannedActivity; mark: number }) {
  const { name, category, part_of_day, description, distance_km: distance, url } = activity;
  const facts = [humanise(part_of_day), humanise(category), typeof distance === 'number' && `${distance.toFixed(1)} km away`].filter(Boolean);
  return (
    <li className="flex gap-3">
      <span aria-hidden="true" className="grid size-8 shrink-0 place-items-center rounded-full bg-pine-700 text-sm font-bold text-white tabular-nums">
        {mark}
      </span>
      <div className="min-w-0">
        <h4 className="font-semibold wrap-anywhere">{name}</h4>
        <p className="text-sm text-muted">{facts.join(' · ')}</p>
        {description && <p className="mt-1 max-w-prose">{description}</p>}
        {url && (
          <a href={url} target="_blank" rel="noreferrer" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
            More about it<span className="sr-only">: {name} (opens a new tab)</span>
          </a>
        )}
      </div>
    </li>
  );
}

export function PlanDay({ day, number, firstMark }: Props) {
  return (
    <article aria-label={`Day ${number}`} className="card space-y-4 p-5">
      <div className="space-y-1">
        <h3 className="text-lg font-bold">
          <span className="text-pine-700">Day {number}</span> · {formatFull(day.date)}
        </h3>
        {day.weather && <WeatherLine day={day.weather} />}
        {day.note && <p>{day.note}</p>}
      </div>
      {day.activities.length === 0 && <p className="text-muted">Nothing is planned for this day.</p>}
      <ol aria-label={`Activities of day ${number}`} className="space-y-4">
        {day.activities.map((activity, index) => (
          <ActivityRow key={`${activity.id}${activity.part_of_day}`} activity={activity} mark={firstMark + index} />
        ))}
      </ol>
    </article>
  );
}
