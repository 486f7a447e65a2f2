import type { Itinerary, OfferedStay } from '../api/tripTypes';
import type { Booking, Favorite, Listing, Preferences, NotificationItem, Quote, Session, User } from '../api/types';

export const LISTING_ID = '0123456789abcdef01234567';
export const BOOKING_ID = 'b00000000000000000000001';

export const traveler: User = {
  id: 'a00000000000000000000001',
  username: 'tina',
  email: 'tina@example.com',
  user_type: 'traveler',
  first_name: 'Tina',
  last_name: 'Tan',
  phone: null,
  profile: {},
};

export const session = (expires_at = '2099-01-01T00:00:00Z'): Session => ({ user: traveler, token: 'jwt-1', expires_at });

export const listing = {
  id: LISTING_ID,
  title: 'Shophouse by the river',
  property_type: 'house',
  price_per_night: 120,
  currency: 'SGD',
  location: { city: 'Singapore', state: null, country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.85, 1.29] }, address: null },
  capacity: { max_guests: 3, bedrooms: 1, bathrooms: 1, beds: 2 },
  image: null,
  rating: { average: 4.8, count: 12 },
  description: 'High ceilings.',
  amenities: ['wifi'],
  images: [],
  host: { id: 'c00000000000000000000001', first_name: 'Olaf', since: null },
  min_nights: 1,
  max_nights: 30,
  check_in_time: null,
  check_out_time: null,
  cleaning_fee: 20,
  is_active: true,
  version: 1,
} satisfies Listing as Listing & { host: NonNullable<Listing['host']> };

const lines = [
  { code: 'NIGHTS', label: 'Nights', quantity: 2, unit_amount: 120, amount: 240 },
  { code: 'CLEANING_FEE', label: 'Cleaning fee', quantity: 1, unit_amount: 20, amount: 20 },
];

export const quote: Quote = {
  listing_id: LISTING_ID,
  check_in: '2026-12-04',
  check_out: '2026-12-06',
  nights: 2,
  guest_count: 2,
  currency: 'SGD',
  lines,
  total_price: 260,
  available: true,
  taken: [],
};

export const booking = (changes: Partial<Booking> = {}): Booking => ({
  id: BOOKING_ID,
  listing_id: LISTING_ID,
  listing: { id: LISTING_ID, title: listing.title, city: 'Singapore', country: 'Singapore', image: null },
  guest_id: traveler.id,
  guest: { first_name: 'Tina' },
  host_id: listing.host.id,
  check_in: '2026-12-04',
  check_out: '2026-12-06',
  nights: 2,
  guest_count: 2,
  special_requests: null,
  status: 'pending',
  payment_status: 'unpaid',
  cancellation_reason: null,
  lines,
  total_price: 260,
  currency: 'SGD',
  version: 1,
  allowed_actions: ['cancel'],
  history: [{ action: 'request', from_status: null, to_status: 'pending', actor: 'guest', at: '2026-11-22T08:00:00Z', reason: null }],
  created_at: '2026-11-22T08:00:00Z',
  updated_at: '2026-11-22T08:00:00Z',
  expires_at: null,
  ...changes,
});

export const notification = (changes: Partial<NotificationItem> = {}): NotificationItem => ({
  id: 'd00000000000000000000001',
  kind: 'booking.confirmed',
  title: 'The host said yes',
  body: 'See you soon.',
  booking_id: BOOKING_ID,
  created_at: '2026-11-22T08:05:00Z',
  read_at: null,
  ...changes,
});

export const favorite = (changes: Partial<Favorite> = {}): Favorite => ({ ...listing, favorited_at: '2026-11-20T08:00:00Z', ...changes });

export const preferences: Preferences = {
  home_city: '',
  property_types: [],
  amenities: [],
  max_price_per_night: null,
  currency: 'USD',
  guests: 2,
  interests: [],
  pace: 'balanced',
  email_notifications: true,
};

const offeredStay: OfferedStay = {
  listing,
  check_in: '2026-12-04',
  check_out: '2026-12-06',
  nights: 2,
  guest_count: 2,
  total_price: 260,
  currency: 'SGD',
  lines,
};

const dayWeather = { high_c: 30.6, low_c: 24.7, rain_mm: null, rain_days_share: 0.58, summary: 'Usual for December: 25 to 31 °C, wet on 6 days of 10.' };

export const itinerary: Itinerary = {
  id: 'e00000000000000000000001',
  destination: 'Singapore',
  start_date: '2026-12-04',
  end_date: '2026-12-06',
  guests: 2,
  planner: 'embedded',
  summary: 'Two days of food and gardens.',
  created_at: '2026-11-22T08:00:00Z',
  weather: { place: 'Singapore', source: 'climate-normals', attribution: 'Normals 1991–2020.', days: [{ date: '2026-12-04', ...dayWeather }] },
  stay: offeredStay,
  alternatives: [{ ...offeredStay, listing: { ...listing, id: 'f123456789abcdef01234567', title: 'Attic in the park' }, total_price: 300 }],
  days: [
    {
      date: '2026-12-04',
      weather: { date: '2026-12-04', ...dayWeather },
      note: 'Rain is likely, so museums first.',
      activities: [
        {
          id: 'poi-1',
          name: 'National Museum',
          category: 'museum',
          part_of_day: 'morning',
          description: 'History of the island.',
          coordinates: { type: 'Point', coordinates: [103.848, 1.296] },
          distance_km: 0.8,
          url: 'https://museum.example',
        },
      ],
    },
    { date: '2026-12-05', weather: null, note: '', activities: [] },
  ],
};
