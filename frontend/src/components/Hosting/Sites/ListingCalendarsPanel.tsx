import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../../store/hooks';
import { fetchCalendars, selectCalendars } from '../../../store/slices/calendarSlice';
import { ErrorNote } from '../../Common/ErrorNote';
import { LoadingSpinner } from '../../Common/LoadingSpinner';
import { AddressCard } from './AddressCard';
import { FeedCard } from './FeedCard';
import { FeedForm } from './FeedForm';

/** Where the same home is offered elsewhere: what is taken here goes there, and what is taken there comes here. */
export function ListingCalendarsPanel({ listingId }: { listingId: string }) {
  const dispatch = useAppDispatch();
  const { page, error } = useAppSelector(selectCalendars);
  useEffect(() => {
    const asked = dispatch(fetchCalendars(listingId));
    return () => asked.abort();
  }, [dispatch, listingId]);

  if (error) return <ErrorNote problem={error} onRetry={() => void dispatch(fetchCalendars(listingId))} />;
  if (page?.listing_id !== listingId) return <LoadingSpinner label="Loading the calendars" />;
  return (
    <div className="space-y-6">
      <p className="max-w-2xl text-muted">If you offer this home on other sites too, connect their calendars. A night that is taken in one place is then closed in all of them.</p>
      <section aria-labelledby="feeds-title" className="space-y-4">
        <h2 id="feeds-title" className="text-xl font-bold">
          From other sites to here
        </h2>
        {page.feeds.length > 0 && (
          <ul className="space-y-4">
            {page.feeds.map((feed) => (
              <li key={feed.id}>
                <FeedCard listingId={listingId} feed={feed} />
              </li>
            ))}
          </ul>
        )}
        <FeedForm listingId={listingId} />
      </section>
      <AddressCard listingId={listingId} address={page.export} />
    </div>
  );
}
