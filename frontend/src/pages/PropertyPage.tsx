import { lazy, Suspense, useEffect } from 'react';
import { useParams } from 'react-router';
import { BookingForm } from '../components/Bookings/BookingForm';
import { ErrorNote } from '../components/Common/ErrorNote';
import { ErrorScreen } from '../components/Common/ErrorScreen';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { DatesBar } from '../components/Properties/DatesBar';
import { ListingIntro } from '../components/Properties/ListingIntro';
import { PropertyDetails } from '../components/Properties/PropertyDetails';
import { StayCalendar } from '../components/Properties/StayCalendar';
import { useCurrentStay } from '../hooks/useCurrentStay';
import { areaName } from '../lib/text';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectHeldAt } from '../store/slices/checkoutSlice';
import { fetchCalendar } from '../store/slices/detailSlice';
import { fetchListing, selectProperties } from '../store/slices/propertySlice';

const AroundHere = lazy(async () => ({ default: (await import('../components/Properties/AroundHere')).AroundHere }));
const ListingReviews = lazy(async () => ({ default: (await import('../components/Properties/ListingReviews')).ListingReviews }));
const SpotMap = lazy(() => import('../components/Map/SpotMap'));

function usePropertyPage(id: string) {
  const dispatch = useAppDispatch();
  const heldId = useAppSelector(selectHeldAt(id))?.id;
  useEffect(() => {
    const listing = dispatch(fetchListing(id));
    return () => listing.abort();
  }, [dispatch, id]);
  useEffect(() => void dispatch(fetchCalendar(id)), [dispatch, id, heldId]);
  return () => dispatch(fetchListing(id));
}

function ListingPage({ listingId }: { listingId: string }) {
  const reload = usePropertyPage(listingId);
  const { selectedProperty, error } = useAppSelector(selectProperties);
  const listing = selectedProperty?.id === listingId ? selectedProperty : null;
  useCurrentStay(listing);

  if (error && !listing) {
    if (error.status === 404) return <ErrorScreen title="Place not found" text="It may have been withdrawn. The map shows other places." />;
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={error} onRetry={reload} />
      </div>
    );
  }
  // As high as the page, so that what stands below it does not move when it comes.
  if (!listing)
    return (
      <div className="min-h-dvh">
        <LoadingSpinner label="Loading the place" />
      </div>
    );

  return (
    <div className="mx-auto grid max-w-6xl gap-x-12 gap-y-8 px-4 py-6 sm:px-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <title>{`${listing.title} · Staywell`}</title>
      <div className="lg:col-span-2">
        <ListingIntro listing={listing} />
      </div>
      <div className="min-w-0 space-y-8">
        <div>
          <PropertyDetails listing={listing} />
          <DatesBar listing={listing} />
        </div>
        <StayCalendar listing={listing} />
      </div>
      <div className="lg:col-start-2 lg:row-span-2 lg:row-start-2">
        <BookingForm listing={listing} />
      </div>
      <div className="min-w-0 space-y-8">
        <section aria-labelledby="where-heading" className="border-t border-line pt-8">
          <h2 id="where-heading" className="mb-4 text-xl font-bold">
            Where it is
          </h2>
          <p className="mb-4">
            <b className="font-semibold">{areaName(listing.location)}</b>
            <br />
            <span className="text-muted">The place is somewhere in this circle. You see the exact place once your booking is confirmed.</span>
          </p>
          <div className="isolate h-80 overflow-hidden rounded-card border border-line">
            <Suspense fallback={<LoadingSpinner label="Loading the map" />}>
              <SpotMap coordinates={listing.location.coordinates.coordinates} />
            </Suspense>
          </div>
        </section>
        <Suspense fallback={null}>
          <AroundHere listing={listing} />
          <ListingReviews listing={listing} />
        </Suspense>
      </div>
    </div>
  );
}

export function PropertyPage() {
  const { listingId = '' } = useParams();
  return <ListingPage key={listingId} listingId={listingId} />;
}
