import type { Rank } from '../../../api/wire';
import { formatMedium } from '../../../lib/dates';
import { formatMoney } from '../../../lib/money';
import { nights, plural, reviews } from '../../../lib/text';

type Part = Rank['parts'][number]['name'];
interface Text {
  label: string;
  /** What was measured. */
  fact: (facts: Rank['facts']) => string;
  /** What brings all points. */
  best: string;
}

export const rankTexts: Record<Part, Text> = {
  quality: {
    label: 'Rating',
    fact: ({ rating, reviews: count }) =>
      rating === null || !count ? 'No review yet, so it counts as a home of 4.6 stars.' : `${rating.toFixed(1)} stars from ${reviews(count)}. Few reviews count less.`,
    best: '5 stars from many guests.',
  },
  price: {
    label: 'Price',
    fact: ({ price_per_night: price, usual_price: usual, currency }) =>
      usual === null
        ? 'Too few homes like yours are known here to compare with.'
        : `${formatMoney(price, currency)} a night. Homes like yours here usually cost ${formatMoney(usual, currency)}.`,
    best: 'Half of the usual price. Double brings none.',
  },
  photos: {
    label: 'Photos and description',
    fact: ({ photos, description_letters: letters }) => `${plural(photos, 'photo')} and ${plural(letters, 'letter')} of description.`,
    best: '8 photos and 300 letters.',
  },
  availability: {
    label: 'Free nights',
    fact: ({ free_nights: free, nights: all }) => `${free} of the next ${nights(all)} can be booked.`,
    best: 'Half of them.',
  },
  freshness: {
    label: 'Last change',
    fact: ({ changed_at }) => `You changed it on ${formatMedium(changed_at.slice(0, 10))}.`,
    best: 'A change today. Every 90 days halve it.',
  },
  newness: { label: 'New home', fact: () => 'New homes get a start for 30 days.', best: 'The day it is published.' },
};

export const limitTexts: Record<NonNullable<Rank['limited_by']>, string> = {
  photos: 'Add a photo: without one a listing gets 20 points at most.',
  reviews: 'Without a review a listing gets 65 points at most. Your first guests change that.',
};
