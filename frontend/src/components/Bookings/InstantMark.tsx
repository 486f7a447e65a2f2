import type { Booking } from '../../api/wire';

/** On a booking that nobody had to accept. */
export function InstantMark({ booking }: { booking: Booking }) {
  const instant = booking.history.some(({ action, actor }) => action === 'accept' && actor === 'system');
  return instant ? <span className="inline-flex rounded-full border border-pine-600 px-3 py-1 text-sm font-semibold whitespace-nowrap text-pine-700">Instant booking</span> : null;
}
