import { useEffect } from 'react';
import { BookingList } from '../components/Bookings/BookingList';
import { StatusTabs, type StatusTab } from '../components/Bookings/StatusTabs';
import { StayPeriodFilter } from '../components/Bookings/StayPeriodFilter';
import { Button } from '../components/Common/Button';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { ListingSelect } from '../components/Hosting/ListingSelect';
import { useBookingList } from '../hooks/useBookingList';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectBookingView } from '../store/slices/bookingViewSlice';
import { fetchCounts, type BookingTab } from '../store/slices/bookingThunks';

const counted: BookingTab[] = ['pending', 'changes', 'confirmed', 'completed'];
const tabs: StatusTab[] = [
  { status: 'pending', label: 'Requests waiting' },
  { status: 'changes', label: 'Change requests' },
  { status: 'confirmed', label: 'Confirmed' },
  { status: 'completed', label: 'Completed' },
  { status: 'cancelled', label: 'Cancelled' },
  { status: 'declined', label: 'Declined' },
  { status: 'expired', label: 'Expired' },
  { status: null, label: 'All' },
];

const emptyTitles: Partial<Record<BookingTab, string>> = {
  pending: 'No request is waiting',
  changes: 'No change request is waiting',
};

function Desk() {
  const dispatch = useAppDispatch();
  const { counts, revision } = useAppSelector(selectBookingView);
  const { bookings, pagination, loading, answered, error, status, from, to, listingId, narrow, goToPage, reload } = useBookingList('owner', 'pending');
  const narrowed = Boolean(from || to || listingId);

  useEffect(() => {
    const asked = dispatch(fetchCounts({ tabs: counted, from, to, listingId }));
    return () => asked.abort();
  }, [dispatch, from, to, listingId, revision]);

  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>Owner’s desk · Staywell</title>
      <div>
        <h1 className="text-3xl font-bold">Owner’s desk</h1>
        <p className="mt-1 text-muted">Requests for your places, and the stays that came of them.</p>
      </div>
      <StatusTabs tabs={tabs.map((tab) => ({ ...tab, count: tab.status ? counts[tab.status] : undefined }))} current={status} />
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,18rem)_auto] sm:justify-start">
        <ListingSelect value={listingId ?? ''} onChange={(listing_id) => narrow({ listing_id })} />
        <StayPeriodFilter from={from} to={to} onChange={narrow} />
      </div>
      {error && <ErrorNote problem={error} onRetry={reload} />}
      {!error && (
        <BookingList
          bookings={bookings}
          loading={loading}
          answered={answered}
          forHost
          empty={
            narrowed ? (
              <EmptyState title="Nothing matches these filters" hint="Try another listing, period or state.">
                <Button tone="secondary" onClick={() => narrow({ listing_id: '', from: '', to: '' })}>
                  Show all listings and times
                </Button>
              </EmptyState>
            ) : (
              <EmptyState title={(status && emptyTitles[status]) ?? 'Nothing here'} hint="New requests appear here while this page is open." />
            )
          }
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
