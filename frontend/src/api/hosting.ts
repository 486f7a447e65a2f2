import type { HouseRules, Rates } from './rateTypes';
import type { BookingStatus, Listing, ListingCard } from './types';

/** A suspended listing was taken out by a moderator: its owner cannot publish it. */
export type OwnCard = ListingCard & { is_active: boolean; is_suspended: boolean; version: number };

export type OwnListing = Listing & Rates & HouseRules & { time_zone: string; is_suspended?: boolean };

export interface ListingBody extends Rates, HouseRules {
  title: string;
  description: string;
  property_type: string;
  price_per_night: number;
  cleaning_fee: number;
  currency: string;
  location: { address: string; city: string; state: string; country: string; coordinates: { type: 'Point'; coordinates: [lng: number, lat: number] } };
  capacity: { max_guests: number; bedrooms: number | null; bathrooms: number | null; beds: number | null };
  amenities: string[];
  min_nights: number;
  max_nights: number;
  check_in_time: string;
  check_out_time: string;
  time_zone: string;
  is_active: boolean;
}

export interface Photos {
  images: string[];
  version: number;
}

export type NightKind = 'booking' | 'block' | 'external' | 'hold' | 'prep';

export interface OwnNight {
  night: string;
  kind: NightKind;
  booking_id: string | null;
}

export interface Availability {
  listing_id: string;
  from: string;
  to: string;
  nights: OwnNight[];
}

/** Half-open: the night of `end` is not in it. */
export interface Span {
  start: string;
  end: string;
}

export interface BookedStay {
  id: string;
  check_in: string;
  check_out: string;
}

export interface Figures {
  revenue: number;
  nights_sold: number;
  nights_available: number;
  occupancy: number;
  average_daily_rate: number;
  bookings: Record<BookingStatus, number>;
}

export interface AnalyticsReport {
  from: string;
  to: string;
  as_of: string | null;
  currency: string;
  currencies: string[];
  totals: Figures;
  months: (Figures & { month: string })[];
  listings: (Figures & { listing_id: string; title: string })[];
}
