import type { ReactNode } from 'react';
import type { Booking } from '../../api/wire';
import { BookingCard } from './BookingCard';

interface Props {
  bookings: Booking[];
  loading: boolean;
  /** The query that the bookings answer. */
  answered: string | undefined;
  forHost: boolean;
  empty: ReactNode;
}

export function BookingList({ bookings, loading, answered, forHost, empty }: Props) {
  if (bookings.length === 0 && loading)
    return (
      <div role="status" aria-label="Loading bookings" className="space-y-4">
        <div className="skeleton h-44 rounded-card" />
        <div className="skeleton h-44 rounded-card" />
      </div>
    );
  if (bookings.length === 0) return empty;
  return (
    <ul aria-label="Bookings" aria-busy={loading} data-query={answered} className="space-y-4">
      {bookings.map((booking) => (
        <li key={booking.id}>
          <BookingCard booking={booking} forHost={forHost} />
        </li>
      ))}
    </ul>
  );
}
