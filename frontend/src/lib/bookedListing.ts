import type { BookedListing, Booking } from '../api/wire';

/** The listing of a booking or a hold; a listing that was deleted since has only a name that says so. */
export const bookedListing = ({ listing, listing_id }: Pick<Booking, 'listing' | 'listing_id'>): BookedListing =>
  listing ?? { id: listing_id, title: 'Deleted listing', city: '', country: '', image: null };
