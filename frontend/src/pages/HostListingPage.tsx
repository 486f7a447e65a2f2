import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import type { OwnListing } from '../api/wire';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ErrorScreen, NotFound } from '../components/Common/ErrorScreen';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { AvailabilityCalendar } from '../components/Hosting/Calendar/AvailabilityCalendar';
import { ListingForm } from '../components/Hosting/Form/ListingForm';
import { ListingTabs } from '../components/Hosting/ListingTabs';
import { PhotoManager } from '../components/Hosting/Photos/PhotoManager';
import { ListingRank } from '../components/Hosting/Ranking/ListingRank';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { listingOpened, selectHosting } from '../store/slices/hostingSlice';
import { fetchOwnListing } from '../store/slices/hostingThunks';
import { messageShown } from '../store/slices/messageSlice';

const titles: Record<string, string> = { details: 'Edit', photos: 'Photos', calendar: 'Calendar', ranking: 'Ranking' };

function Part({ tab, listing }: { tab: string; listing: OwnListing }) {
  const dispatch = useAppDispatch();
  if (tab === 'photos') return <PhotoManager listing={listing} />;
  if (tab === 'calendar') return <AvailabilityCalendar key={listing.id} listingId={listing.id} />;
  if (tab === 'ranking') return <ListingRank key={listing.id} listingId={listing.id} />;
  return <ListingForm key={listing.id} listing={listing} onSaved={() => dispatch(messageShown({ tone: 'success', text: 'Saved.' }))} />;
}

function OneListing({ id, tab }: { id: string; tab: string }) {
  const dispatch = useAppDispatch();
  const { selected, selectedError } = useAppSelector(selectHosting);
  const listing = selected?.id === id ? selected : null;

  useEffect(() => {
    dispatch(listingOpened());
    const asked = dispatch(fetchOwnListing(id));
    return () => asked.abort();
  }, [dispatch, id]);

  if (!listing && selectedError?.status === 404) return <ErrorScreen title="Listing not found" text="It may be deleted, or belong to another account." />;
  if (!listing && selectedError)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={selectedError} onRetry={() => dispatch(fetchOwnListing(id))} />
      </div>
    );
  if (!listing) return <LoadingSpinner label="Loading the listing" />;

  return (
    <div className={`mx-auto space-y-5 px-4 py-8 ${tab === 'calendar' ? 'max-w-7xl' : 'max-w-5xl'}`}>
      <title>{`${titles[tab]}: ${listing.title} · Staywell`}</title>
      <div>
        <Link to="/host/listings" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Your listings
        </Link>
        <h1 className="text-3xl font-bold wrap-anywhere">{listing.title}</h1>
        {listing.is_active ? (
          <Link to={`/listings/${id}`} className="inline-flex min-h-11 items-center text-pine-700 underline underline-offset-4">
            See it as travelers do
          </Link>
        ) : (
          <p className="mt-2 w-fit rounded-full bg-apricot-100 px-3 py-1 text-sm font-semibold text-apricot-800">{listing.is_suspended ? 'Suspended by Staywell' : 'Withdrawn: travelers do not find it'}</p>
        )}
      </div>
      <ListingTabs listingId={id} />
      <Part tab={tab} listing={listing} />
    </div>
  );
}

export function HostListingPage() {
  const { listingId = '', tab = 'details' } = useParams();
  if (!(tab in titles)) return <NotFound />;
  return (
    <RequireAccount kind="owner">
      <OneListing id={listingId} tab={tab} />
    </RequireAccount>
  );
}
