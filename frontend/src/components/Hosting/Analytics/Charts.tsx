import type { AnalyticsReport, BookingStatus } from '../../../api/wire';
import { formatCompactMoney, formatMoney } from '../../../lib/money';
import { monthMark } from '../../../lib/months';
import { percent } from '../../../lib/text';
import { ChartCard } from './ChartCard';

const MOST_LISTINGS = 12;
const states: Record<BookingStatus, string> = {
  pending: 'Waiting for you',
  confirmed: 'Confirmed',
  completed: 'Completed',
  declined: 'Declined',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

export function Charts({ report: { months, listings, totals, currency } }: { report: AnalyticsReport }) {
  const money = { format: (value: number) => formatMoney(value, currency), formatShort: (value: number) => formatCompactMoney(value, currency) };
  const share = { format: percent, formatShort: percent };
  const count = { format: String, formatShort: String };
  const best = [...listings].sort((one, other) => other.revenue - one.revenue);
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <ChartCard title="Revenue by month" columns={['Month', 'Revenue']} rows={months.map((row) => ({ label: monthMark(row.month), value: row.revenue }))} {...money} />
      <ChartCard title="Occupancy by month" columns={['Month', 'Occupancy']} rows={months.map((row) => ({ label: monthMark(row.month), value: row.occupancy }))} highest={1} {...share} />
      <ChartCard
        title="Bookings by state"
        note="Each counts in the month of its check-in."
        columns={['State', 'Bookings']}
        rows={Object.entries(states).map(([state, label]) => ({ label, value: totals.bookings[state as BookingStatus] }))}
        lying
        {...count}
      />
      <ChartCard
        title="Revenue by listing"
        note={best.length > MOST_LISTINGS ? `The ${MOST_LISTINGS} with the most of ${best.length}.` : undefined}
        columns={['Listing', 'Revenue']}
        rows={best.slice(0, MOST_LISTINGS).map((row) => ({ label: row.title, value: row.revenue }))}
        lying
        {...money}
      />
    </div>
  );
}
