import type { Figures } from '../../../api/wire';
import { formatMoney } from '../../../lib/money';
import { percent } from '../../../lib/text';

export function FigureTiles({ totals, currency }: { totals: Figures; currency: string }) {
  const bookings = Object.values(totals.bookings).reduce((sum, count) => sum + count, 0);
  const tiles = [
    ['Revenue', formatMoney(totals.revenue, currency), 'Confirmed and completed stays, by their nights'],
    ['Occupancy', percent(totals.occupancy), `${totals.nights_sold} of ${totals.nights_available} nights sold`],
    ['Average daily rate', formatMoney(totals.average_daily_rate, currency), 'Revenue for each night sold'],
    ['Bookings', String(bookings), `${totals.bookings.confirmed + totals.bookings.completed} of them confirmed or completed`],
  ] as const;
  return (
    <dl aria-label="Totals" className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
      {tiles.map(([name, value, note]) => (
        <div key={name} className="card min-w-0 p-3.5 sm:p-5">
          <dt className="text-sm font-semibold text-muted">{name}</dt>
          <dd className="mt-1 text-base font-bold wrap-anywhere tabular-nums sm:text-2xl">{value}</dd>
          <dd className="mt-1 text-sm text-muted">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
