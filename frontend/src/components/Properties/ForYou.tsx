import { useEffect } from 'react';
import { Link } from 'react-router';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchRecommendations, selectPlanner } from '../../store/slices/plannerSlice';
import { PropertyCard } from './PropertyCard';

/** For a traveler who is logged in. Without an answer there is simply no such row. */
export function ForYou() {
  const dispatch = useAppDispatch();
  const { recommendations, personalized } = useAppSelector(selectPlanner);
  useEffect(() => {
    const asked = dispatch(fetchRecommendations());
    return () => asked.abort();
  }, [dispatch]);
  if (recommendations.length === 0) return null;
  return (
    <section aria-labelledby="for-you-heading" className="mx-auto max-w-[1600px] px-4 pt-6 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 id="for-you-heading" className="text-xl font-bold">
          {personalized ? 'For you' : 'Places to start with'}
        </h2>
        <Link to="/preferences" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          {personalized ? 'Change your preferences' : 'Set your preferences'}
        </Link>
      </div>
      <ul aria-label="Recommended places" className="-mx-4 flex snap-x scroll-px-4 gap-4 overflow-x-auto px-4 py-2 sm:-mx-6 sm:scroll-px-6 sm:px-6">
        {recommendations.map(({ listing, reasons }) => (
          <li key={listing.id} className="w-64 shrink-0 snap-start">
            <PropertyCard listing={listing} to={`/listings/${listing.id}`} note={reasons[0]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
