import type { Booking, Favorite, Hold, HouseRules, Listing, NotificationItem, PaymentMethods, Preferences, Quote, Rates, Session, SiteText, TakenNights, User } from '../api/wire';

export const LISTING_ID = '0123456789abcdef01234567';
export const BOOKING_ID = 'b00000000000000000000001';

export const traveler: User = {
  id: 'a00000000000000000000001',
  username: 'tina',
  email: 'tina@example.com',
  email_verified: true,
  user_type: 'traveler',
  roles: ['traveler'],
  first_name: 'Tina',
  last_name: 'Tan',
  phone: '',
  profile: { about_me: '', city: '', country: '', gender: '', languages: [], profile_picture: '' },
  created_at: '2026-09-01T08:00:00Z',
};

export const session = (expires_at = '2099-01-01T00:00:00Z'): Session => ({ user: traveler, token: 'jwt-1', expires_at });

export const rates: Rates = {
  weekend_price: null,
  seasons: [],
  weekly_discount_percent: 0,
  monthly_discount_percent: 0,
  tax_per_person_night: 0,
  tax_nights_cap: null,
};

export const houseRules: HouseRules = {
  lead_days: 0,
  window_days: 730,
  prep_nights: 0,
  check_in_days: [],
  check_out_days: [],
  instant_book: false,
  alteration_consent: true,
  cancellation_policy: 'moderate',
};

export const listing = {
  ...rates,
  ...houseRules,
  id: LISTING_ID,
  title: 'Shophouse by the river',
  property_type: 'house',
  price_per_night: 120,
  currency: 'SGD',
  location: { city: 'Singapore', state: '', country: 'Singapore', coordinates: { type: 'Point', coordinates: [103.85, 1.29] }, address: 'Singapore', area: '' },
  capacity: { max_guests: 3, bedrooms: 1, bathrooms: 1, beds: 2 },
  image: null,
  rating: { average: 4.8, count: 12 },
  description: 'High ceilings.',
  amenities: ['wifi'],
  images: [],
  host: { id: 'c00000000000000000000001', first_name: 'Olaf', since: '2025-03-01T08:00:00Z' },
  host_id: 'c00000000000000000000001',
  min_nights: 1,
  max_nights: 30,
  check_in_time: '',
  check_in_until: null,
  check_out_time: '',
  time_zone: 'Asia/Singapore',
  cleaning_fee: 20,
  is_active: true,
  version: 1,
} satisfies Listing as Listing & { host: NonNullable<Listing['host']> };

export const lines = [
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
  nightly: [
    { night: '2026-12-04', rate: 120, rule: 'base' },
    { night: '2026-12-05', rate: 120, rule: 'base' },
  ],
  lines,
  total_price: 260,
  rules: ['Each night costs SGD 120.', 'A cleaning fee is added once.'],
  available: true,
  taken: [],
  alternatives: [],
  cancellation: { name: 'moderate', summary: 'Full refund until 5 days before check-in.', tiers: [{ days_before: 5, percent: 100 }] },
  instant_book: false,
  quote_token: 'token-1',
  expires_at: '2026-11-22T08:15:00Z',
};

export const HOLD_ID = '50000000000000000000001f';

export const hold = (changes: Partial<Hold> = {}): Hold => ({
  id: HOLD_ID,
  listing_id: LISTING_ID,
  listing: { id: LISTING_ID, title: listing.title, city: 'Singapore', country: 'Singapore', image: null },
  check_in: '2026-12-04',
  check_out: '2026-12-06',
  nights: 2,
  guest_count: 2,
  lines,
  total_price: 260,
  currency: 'SGD',
  quote_token: 'token-1',
  expires_at: new Date(Date.now() + 15 * 60_000).toISOString(),
  created_at: new Date().toISOString(),
  ...changes,
});

export const paymentMethods: PaymentMethods = {
  provider: 'sandbox',
  methods: [
    { id: 'pm_card_visa', label: 'Visa 4242', outcome: 'succeeds' },
    { id: 'pm_card_declined', label: 'Visa 0002', outcome: 'declines' },
    { id: 'pm_card_authentication_required', label: 'Visa 3184', outcome: 'needs confirmation' },
  ],
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
  special_requests: '',
  status: 'pending',
  payment_status: 'unpaid',
  paid: 0,
  refunded: 0,
  policy: { name: 'moderate', tiers: [], grace_until: null, time_zone: 'Asia/Singapore' },
  alteration: null,
  cancellation_reason: null,
  lines,
  total_price: 260,
  currency: 'SGD',
  version: 1,
  allowed_actions: ['cancel'],
  history: [{ action: 'request', from_status: '', to_status: 'pending', actor: 'guest', at: '2026-11-22T08:00:00Z', reason: '' }],
  created_at: '2026-11-22T08:00:00Z',
  updated_at: '2026-11-22T08:00:00Z',
  expires_at: null,
  ...changes,
});

export const notification = (changes: Partial<NotificationItem> = {}): NotificationItem => ({
  id: 'd00000000000000000000001',
  kind: 'booking_confirmed',
  title: 'The host said yes',
  body: 'See you soon.',
  booking_id: BOOKING_ID,
  thread_id: null,
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
};

export const calendar = (taken: string[]): TakenNights => ({ listing_id: LISTING_ID, from: '2026-11-22', to: '2027-11-22', taken, currency: 'SGD', nights: [] });

export const terms: SiteText = { kind: 'terms', title: 'Terms', version: 3, html: '<h2>What you agree to</h2>', published_at: '2026-11-01T09:00:00Z' };
