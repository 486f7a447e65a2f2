import { Link } from 'react-router';
import { BookingList } from '../components/Bookings/BookingList';
import { CartList } from '../components/Bookings/CartList';
import { StatusTabs, type StatusTab } from '../components/Bookings/StatusTabs';
import { StayPeriodFilter } from '../components/Bookings/StayPeriodFilter';
import { buttonStyle } from '../components/Common/buttonStyle';
import { HoldList } from '../components/Checkout/HoldList';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useBookingList } from '../hooks/useBookingList';

const tabs: StatusTab[] = [
  { status: null, label: 'All' },
  { status: 'pending', label: 'Waiting' },
  { status: 'confirmed', label: 'Confirmed' },
  { status: 'completed', label: 'Completed' },
  { status: 'cancelled', label: 'Cancelled' },
  { status: 'declined', label: 'Declined' },
  { status: 'expired', label: 'Expired' },
];

function MyBookings() {
  const { bookings, pagination, loading, answered, error, status, from, to, narrow, goToPage, reload } = useBookingList('traveler', null);
  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>My bookings · Staywell</title>
      <h1 className="text-3xl font-bold">My bookings</h1>
      <HoldList />
      <CartList />
      <StatusTabs tabs={tabs} current={status} />
      <StayPeriodFilter from={from} to={to} onChange={narrow} />
      {error && <ErrorNote problem={error} onRetry={reload} />}
      {!error && (
        <BookingList
          bookings={bookings}
          loading={loading}
          answered={answered}
          forHost={false}
          empty={
            <EmptyState title="No bookings here" hint="When you request a stay, the answer of its host appears here.">
              <Link to="/" className={buttonStyle()}>
                Find a place
              </Link>
            </EmptyState>
          }
        />
      )}
      <Pagination label="Pages of bookings" pagination={pagination} onPage={goToPage} />
    </div>
  );
}

export const BookingsPage = () => (
  <RequireAccount kind="traveler">
    <MyBookings />
  </RequireAccount>
);
