import type { PropertyType } from '../lib/propertyTypes';
import type { HouseRules, Rates } from './rateTypes';

export type * from './bookingTypes';
export type * from './rateTypes';

export type UserType = 'traveler' | 'owner';

export interface User {
  id: string;
  username: string;
  email: string;
  user_type: UserType;
  first_name: string;
  last_name: string;
  phone: string | null;
  profile: Profile;
  created_at?: string;
}

export interface Profile {
  about_me?: string;
  city?: string;
  country?: string;
  languages?: string[];
  gender?: string;
  profile_picture?: string | null;
}

export interface ProfileChanges {
  first_name?: string;
  last_name?: string;
  phone?: string | null;
  profile?: Omit<Profile, 'profile_picture'>;
}

export type Pace = 'relaxed' | 'balanced' | 'packed';

export interface Preferences {
  home_city: string;
  property_types: PropertyType[];
  amenities: string[];
  max_price_per_night: number | null;
  currency: string;
  guests: number;
  interests: string[];
  pace: Pace;
}

export interface Session {
  user: User;
  token: string;
  expires_at: string;
}

export interface PageOf<T> {
  results: T[];
  pagination: { page: number; per_page: number; total: number; has_next: boolean; total_capped?: boolean };
}

export interface GeoPoint {
  type: 'Point';
  coordinates: [lng: number, lat: number];
}

export interface ListingCard {
  id: string;
  title: string;
  property_type: PropertyType;
  price_per_night: number;
  currency: string;
  location: { city: string; state: string | null; country: string; coordinates: GeoPoint };
  capacity: { max_guests: number; bedrooms: number | null; bathrooms: number | null; beds: number | null };
  image: string | null;
  rating: { average: number | null; count: number };
  stay?: { nights: number; total_price: number };
}

export interface Favorite extends ListingCard {
  favorited_at: string;
  is_active: boolean;
}

export interface Listing extends ListingCard, Partial<Rates>, Partial<HouseRules> {
  host_id?: string;
  description: string;
  location: ListingCard['location'] & { address?: string | null };
  amenities: string[];
  images: string[];
  host: { id: string; first_name: string; since: string | null } | null;
  min_nights: number;
  max_nights: number | null;
  check_in_time: string | null;
  check_out_time: string | null;
  cleaning_fee: number | null;
  is_active: boolean;
  version: number;
}

export interface Review {
  id: string;
  author: string;
  date: string;
  text: string;
}

export interface Amenity {
  name: string;
  count: number;
}

export interface Place {
  city: string;
  state?: string | null;
  country: string;
  count: number;
  center: [lng: number, lat: number];
}

export interface NotificationItem {
  id: string;
  kind: string;
  title: string;
  body: string;
  booking_id: string | null;
  created_at: string;
  read_at: string | null;
}
