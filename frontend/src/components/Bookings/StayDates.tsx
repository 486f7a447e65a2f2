import { formatMedium, type Day } from '../../lib/dates';

export function StayDates({ checkIn, checkOut }: { checkIn: Day | null; checkOut: Day | null }) {
  const sides = [
    ['Check-in', checkIn],
    ['Check-out', checkOut],
  ] as const;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-xl border border-line">
      {sides.map(([label, day]) => (
        <div key={label} className="p-3 first:border-r first:border-line">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="font-semibold">{day ? <time dateTime={day}>{formatMedium(day)}</time> : 'Choose a day'}</dd>
        </div>
      ))}
    </dl>
  );
}
