import { useCallback, useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { buttonStyle } from '../components/Common/buttonStyle';
import { EmptyState } from '../components/Common/EmptyState';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Icon } from '../components/Common/Icon';
import { Pagination } from '../components/Common/Pagination';
import { RequireAccount } from '../components/Common/RequireAccount';
import { OwnListingCard } from '../components/Hosting/OwnListingCard';
import { ListingStateTabs } from '../components/Hosting/ListingStateTabs';
import { useAnswered } from '../hooks/useAnswered';
import { readPage } from '../lib/filters';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectHosting } from '../store/slices/hostingSlice';
import { fetchOwnListings, type ListingState } from '../store/slices/hostingThunks';

const NewListing = () => (
  <Link to="/host/listings/new" className={buttonStyle()}>
    <Icon name="plus" /> New listing
  </Link>
);

const Nothing = ({ state }: { state: ListingState }) =>
  state === 'active' ? (
    <EmptyState title="No published listing yet" hint="Describe your place, mark it on the map and set a price. Publish it when it is ready.">
      <NewListing />
    </EmptyState>
  ) : (
    <EmptyState title="No withdrawn listings" hint="A listing that you withdraw waits here, with its bookings and photos, until you publish it again." />
  );

function OwnListings() {
  const dispatch = useAppDispatch();
  const [params, setParams] = useSearchParams();
  const { listings, pagination, loading, error } = useAppSelector(selectHosting);
  const state: ListingState = params.get('status') === 'inactive' ? 'inactive' : 'active';
  const page = readPage(params);
  const query = params.toString();
  const [answered, follow] = useAnswered();
  const load = useCallback(() => dispatch(fetchOwnListings({ status: state, page })), [dispatch, state, page]);
  const shown = listings.filter((listing) => listing.is_active === (state === 'active'));

  useEffect(() => {
    const asked = load();
    follow(query, asked);
    return () => asked.abort();
  }, [load, query, follow]);

  useEffect(() => {
    if (!loading && !error && page > 1 && pagination.page === page && listings.length === 0) setParams({ status: state, page: String(page - 1) }, { replace: true });
  }, [loading, error, page, pagination.page, listings.length, state, setParams]);

  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>Your listings · Staywell</title>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">Your listings</h1>
        <NewListing />
      </div>
      <ListingStateTabs current={state} />
      {error && <ErrorNote problem={error} onRetry={load} />}
      {loading && shown.length === 0 && (
        <div role="status" aria-label="Loading your listings" className="space-y-4">
          <div className="skeleton h-44 rounded-card" />
          <div className="skeleton h-44 rounded-card" />
        </div>
      )}
      {!loading && !error && shown.length === 0 && <Nothing state={state} />}
      {!error && shown.length > 0 && (
        <ul aria-label="Your listings" aria-busy={loading} data-query={answered} className="space-y-4">
          {shown.map((listing) => (
            <li key={listing.id}>
              <OwnListingCard listing={listing} onChanged={load} />
            </li>
          ))}
        </ul>
      )}
      <Pagination label="Pages of listings" pagination={pagination} onPage={(next) => setParams({ status: state, page: String(next) })} />
    </div>
  );
}

export const HostListingsPage = () => (
  <RequireAccount kind="owner">
    <OwnListings />
  </RequireAccount>
);
