import { useEffect } from 'react';
import type { Listing } from '../../api/wire';
import { formatDayOrInstant } from '../../lib/dates';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchReviews, selectDetail } from '../../store/slices/detailSlice';
import { Pagination } from '../Common/Pagination';
import { Rating } from '../Common/Rating';

export function ListingReviews({ listing }: { listing: Listing }) {
  const dispatch = useAppDispatch();
  const { reviews, reviewsPagination } = useAppSelector(selectDetail);
  const load = (page: number) => dispatch(fetchReviews({ id: listing.id, page }));
  useEffect(() => {
    void dispatch(fetchReviews({ id: listing.id, page: 1 }));
  }, [dispatch, listing.id]);
  return (
    <section aria-labelledby="reviews-heading" className="min-w-0 border-t border-line pt-8">
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h2 id="reviews-heading" className="text-xl font-bold">
          What guests say
        </h2>
        <Rating rating={listing.rating} full />
      </div>
      {reviews.length === 0 && <p className="text-muted">No reviews yet.</p>}
      <ul className="space-y-6">
        {reviews.map((review) => (
          <li key={review.id}>
            <p>
              <b>{review.author}</b> <span className="text-sm text-muted">{formatDayOrInstant(review.date)}</span>
            </p>
            <p className="mt-1 max-w-prose whitespace-pre-line wrap-anywhere">{review.text}</p>
          </li>
        ))}
      </ul>
      <Pagination label="Pages of reviews" pagination={reviewsPagination} onPage={load} />
    </section>
  );
}
