import type { AnalyticsReport, Figures, OwnCard, OwnListing, Session } from '../api/wire';
import { sessionRestored } from '../store/slices/authSlice';
import { makeStore } from '../store/store';
import { listing, session } from './fixtures';

export const ownListing = (changes: Partial<OwnListing> = {}): OwnListing => ({
  ...listing,
  check_in_time: '15:00',
  check_out_time: '11:00',
  location: { ...listing.location, address: '' },
  public_location: listing.location,
  far_from_city_km: null,
  arrival_instructions: '',
  is_suspended: false,
  ...changes,
});

export const ownCard = (changes: Partial<OwnCard> = {}): OwnCard => ({ ...ownListing(), ...changes });

export const ownerSession = (): Session => ({ ...session(), user: { ...session().user, user_type: 'owner', roles: ['owner'], first_name: 'Olaf' } });

export function ownerStore() {
  const store = makeStore();
  store.dispatch(sessionRestored(ownerSession()));
  return store;
}

export const figures = (changes: Partial<Figures> = {}): Figures => ({
  revenue: 0,
  nights_sold: 0,
  nights_available: 30,
  occupancy: 0,
  average_daily_rate: 0,
  bookings: { pending: 0, confirmed: 0, declined: 0, cancelled: 0, expired: 0, completed: 0 },
  ...changes,
});

export const report = (changes: Partial<AnalyticsReport> = {}): AnalyticsReport => ({
  from: '2026-11',
  to: '2026-12',
  as_of: '2026-11-22T08:00:00Z',
  currency: 'SGD',
  currencies: ['SGD'],
  totals: figures(),
  months: [],
  listings: [],
  ...changes,
});
