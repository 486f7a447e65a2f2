import type { GeoPoint, ListingCard, Pace, PriceLine } from './types';

export interface Activity {
  id: string;
  name: string;
  category: string;
  description: string;
  address?: string | null;
  coordinates: GeoPoint;
  url: string | null;
  distance_km?: number | null;
}

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export interface PlannedActivity extends Activity {
  part_of_day: PartOfDay;
}

export interface DayWeather {
  date: string;
  high_c: number | null;
  low_c: number | null;
  rain_mm: number | null;
  rain_days_share: number | null;
  summary: string;
}

export interface Weather {
  place: string;
  source: 'forecast' | 'climate-normals';
  attribution: string;
  days: DayWeather[];
}

export interface OfferedStay {
  listing: ListingCard;
  check_in: string;
  check_out: string;
  nights: number;
  guest_count: number;
  total_price: number;
  currency: string;
  lines: PriceLine[];
  /** Set once the traveler has booked it. */
  booking_id?: string | null;
}

export interface ItineraryDay {
  date: string;
  weather: DayWeather | null;
  note: string;
  activities: PlannedActivity[];
}

/** A saved plan without its contents. */
export interface ItineraryHead {
  id: string;
  destination: string;
  start_date: string;
  end_date: string;
  guests: number;
  planner: 'embedded' | 'openai';
  created_at: string;
}

export interface Itinerary extends ItineraryHead {
  summary: string;
  weather: Weather | null;
  stay: OfferedStay | null;
  alternatives: OfferedStay[];
  days: ItineraryDay[];
}

export interface TripWish {
  destination: string;
  start_date: string;
  end_date: string;
  guests: number;
  budget?: number;
  currency?: string;
  interests?: string[];
  pace?: Pace;
}

export interface Recommendation {
  listing: ListingCard;
  score: number;
  reasons: string[];
  total_price: number | null;
  currency: string;
}

export interface UnderstoodFilters {
  location?: string | null;
  check_in?: string | null;
  check_out?: string | null;
  guests?: number | null;
  min_price?: number | null;
  max_price?: number | null;
  property_type?: string | null;
  amenities?: string[] | null;
}

export interface Understood {
  text: string;
  field: keyof UnderstoodFilters;
  value: unknown;
}

export interface SmartAnswer {
  filters: UnderstoodFilters;
  understood: Understood[];
  ignored: string[];
  interpreter: 'embedded' | 'openai';
}
