import { useEffect } from 'react';
import type { BookingStatus } from '../api/types';
import { BookingList } from '../components/Bookings/BookingList';
import { StatusTabs, type StatusTab } from '../components/Bookings/StatusTabs';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { useBookingList } from '../hooks/useBookingList';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectBookings } from '../store/slices/bookingSlice';
import { fetchCounts } from '../store/slices/bookingThunks';

const counted: BookingStatus[] = ['pending', 'confirmed', 'completed'];
const tabs: StatusTab[] = [
  { status: 'pending', label: 'Requests waiting' },
  { status: 'confirmed', label: 'Confirmed' },
  { status: 'completed', label: 'Completed' },
  { status: 'cancelled', label: 'Cancelled' },
  { status: 'declined', label: 'Declined' },
  { status: 'expired', label: 'Expired' },
  { status: null, label: 'All' },
];

function Desk() {
  const dispatch = useAppDispatch();
  const { counts, revision } = useAppSelector(selectBookings);
  const { bookings, pagination, loading, error, status, goToPage, reload } = useBookingList('pending');

  useEffect(() => {
    const asked = dispatch(fetchCounts(counted));
    return () => asked.abort();
  }, [dispatch, revision]);

  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>Owner’s desk · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Owner’s desk</h1>
        <p className="mt-1 text-muted">Requests for your places, and the stays that came of them.</p>
      </div>
      <StatusTabs tabs={tabs.map((tab) => ({ ...tab, count: tab.status ? counts[tab.status] : undefined }))} current={status} />
      {error && <ErrorNote problem={error} onRetry={reload} />}
      {!error && (
        <BookingList
          bookings={bookings}
          loading={loading}
          forHost
          empty={<EmptyState title={status === 'pending' ? 'No request is waiting' : 'Nothing here'} hint="New requests appear by themselves while this page is open." />}
        />
      )}
      <Pagination label="Pages of bookings" pagination={pagination} onPage={goToPage} />
    </div>
  );
}

export const DashboardPage = () => (
  <RequireAccount kind="owner">
    <Desk />
  </RequireAccount>
);
