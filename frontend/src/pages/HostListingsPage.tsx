import { useCallback, useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Icon } from '../components/Common/Icon';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { OwnListingCard } from '../components/Hosting/OwnListingCard';
import { ShelfTabs } from '../components/Hosting/ShelfTabs';
import { readPage } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectHosting } from '../store/slices/hostingSlice';
import { fetchOwnListings, type Shelf } from '../store/slices/hostingThunks';

const NewListing = () => (
  <Link to="/host/listings/new" className={buttonStyle()}>
    <Icon name="plus" /> New listing
  </Link>
);

const Nothing = ({ shelf }: { shelf: Shelf }) =>
  shelf === 'active' ? (
    <EmptyState title="No published listing yet" hint="Describe your place, mark it on the map and set a price. You can publish it when it is ready.">
      <NewListing />
    </EmptyState>
  ) : (
    <EmptyState title="Nothing is withdrawn" hint="A listing that you withdraw waits here, with its bookings and photos, until you publish it again." />
  );

function OwnListings() {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const { listings, pagination, loading, error } = useAppSelector(selectHosting);
  const shelf: Shelf = params.get('status') === 'inactive' ? 'inactive' : 'active';
  const page = readPage(params);
  const load = useCallback(() => dispatch(fetchOwnListings({ status: shelf, page })), [dispatch, shelf, page]);
  const shown = listings.filter((listing) => listing.is_active === (shelf === 'active'));

  useEffect(() => {
    const asked = load();
    return () => asked.abort();
  }, [load]);

  useEffect(() => {
    if (!loading && !error && page > 1 && pagination.page === page && listings.length === 0) setParams({ status: shelf, page: String(page - 1) }, { replace: true });
  }, [loading, error, page, pagination.page, listings.length, shelf, setParams]);

  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>Your listings · Staywell</title>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">Your listings</h1>
        <NewListing />
      </div>
      <ShelfTabs current={shelf} />
      {error && <ErrorNote problem={error} onRetry={load} />}
      {loading && shown.length === 0 && (
        <div role="status" aria-label="Loading your listings" className="space-y-4">
          <div className="skeleton h-44 rounded-card" />
          <div className="skeleton h-44 rounded-card" />
        </div>
      )}
      {!loading && !error && shown.length === 0 && <Nothing shelf={shelf} />}
      {!error && shown.length > 0 && (
        <ul aria-label="Your listings" aria-busy={loading} className="space-y-4">
          {shown.map((listing) => (
            <li key={listing.id}>
              <OwnListingCard listing={listing} onChanged={load} />
            </li>
          ))}
        </ul>
      )}
      <Pagination label="Pages of listings" pagination={pagination} onPage={(next) => setParams({ status: shelf, page: String(next) })} />
    </div>
  );
}

export const HostListingsPage = () => (
  <RequireAccount kind="owner">
    <OwnListings />
  </RequireAccount>
);
