import type { Day } from '../lib/dates';
import type { PolicyName } from './rateTypes';

export interface PriceLine {
  code: string;
  label: string;
  quantity: number;
  unit_amount: number;
  amount: number;
}

/** `rule` says where the rate comes from: base, weekend or season:<name>. */
export interface NightRate {
  night: Day;
  rate: number;
  rule: string;
}

/** Other dates that are free, for as many nights where that can be. */
export interface Alternative {
  check_in: Day;
  check_out: Day;
  total_price?: number;
}

export interface PolicyTier {
  days_before: number;
  percent: number;
  /** The instant up to which it holds; known once there is a stay. */
  until?: string;
}

export interface Quote {
  listing_id: string;
  check_in: Day;
  check_out: Day;
  nights: number;
  guest_count: number;
  currency: string;
  nightly: NightRate[];
  lines: PriceLine[];
  total_price: number;
  rules: string[];
  available: boolean;
  taken: Day[];
  alternatives: Alternative[];
  cancellation: { name: PolicyName; summary: string; tiers: PolicyTier[] };
  instant_book: boolean;
  quote_token: string;
  expires_at: string;
}

export interface StayWish {
  listing_id: string;
  check_in: Day;
  check_out: Day;
  guest_count: number;
}

export interface BookedListing {
  id: string;
  title: string;
  city: string;
  country: string;
  image: string | null;
}

export interface Hold extends StayWish {
  id: string;
  listing: BookedListing;
  nights: number;
  lines: PriceLine[];
  total_price: number;
  currency: string;
  quote_token: string;
  expires_at: string;
  created_at: string;
}

export interface PaymentMethods {
  provider: 'sandbox' | 'stripe';
  methods: { id: string; label: string; outcome: string }[];
}

/** One of the two: a method to be charged, or a payment that was authorised already. */
export interface PaymentChoice {
  payment_method?: string;
  payment_id?: string;
}

export type BookingStatus = 'pending' | 'confirmed' | 'declined' | 'cancelled' | 'expired' | 'completed';

export interface BookingEvent {
  action: string;
  from_status: BookingStatus | null;
  to_status: BookingStatus;
  actor: 'guest' | 'owner' | 'system' | 'staff';
  at: string;
  reason: string | null;
}

export interface Policy {
  name: PolicyName;
  tiers: PolicyTier[];
  grace_until: string | null;
  time_zone?: string;
}

/** What the guest asks for instead of the confirmed stay. `difference` is added to the price. */
export interface Alteration {
  check_in: Day;
  check_out: Day;
  nights: number;
  guest_count: number;
  lines: PriceLine[];
  total_price: number;
  difference: number;
  proposed_at: string;
  expires_at: string;
}

export interface Booking extends StayWish {
  id: string;
  listing: BookedListing;
  guest_id: string;
  guest: { first_name: string };
  host_id: string;
  nights: number;
  special_requests: string | null;
  status: BookingStatus;
  payment_status: 'unpaid' | 'paid' | 'refunded';
  paid: number;
  refunded: number;
  policy: Policy | null;
  alteration: Alteration | null;
  cancellation_reason: string | null;
  lines: PriceLine[];
  total_price: number;
  currency: string;
  version: number;
  allowed_actions: string[];
  history: BookingEvent[];
  created_at: string;
  updated_at: string;
  expires_at: string | null;
}

export interface BookingRequest extends StayWish, PaymentChoice {
  special_requests?: string;
  quote_token?: string;
}

/** Only what changes is sent. Dates and guests are altered, which may cost something. */
export interface BookingChanges {
  version: number;
  special_requests?: string;
}

export interface AlterationBody extends PaymentChoice {
  check_in: Day;
  check_out: Day;
  guest_count: number;
  version: number;
  expected_total: number;
}

export interface AlterationPreview {
  check_in: Day;
  check_out: Day;
  nights: number;
  guest_count: number;
  currency: string;
  lines: PriceLine[];
  total_price: number;
  difference: number;
  needs_consent: boolean;
  available: boolean;
  taken: Day[];
  alternatives: Alternative[];
}

export interface CancellationPreview {
  refund: number;
  percent: number;
  non_refundable: number;
  currency: string;
  /** A sentence. */
  reason: string;
  deadline_next: string | null;
  tiers: PolicyTier[];
  lines: { code: string; label: string; amount: number }[];
  paid: number;
  time_zone?: string;
}
