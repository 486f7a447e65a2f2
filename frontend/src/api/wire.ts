/** The application's names for what docs/openapi.json describes. Nothing of the wire is described anywhere else. */
import type { Day } from '../lib/dates';
import type { components, paths } from './schema';

type Schemas = components['schemas'];

// Accounts
export type UserType = Schemas['UserType'];
export type User = Schemas['User'];
export type Session = Schemas['Session'];
export type SecondFactor = Schemas['SecondFactor'];
export type Enrolment = Schemas['Enrolment'];
/** A passkey, or the password and, where there is a second factor, a code. */
export type Proof = Schemas['ProofRequest'];
export type Passkey = Schemas['Passkey'];
export type PasskeyChallenge = Schemas['PasskeyChallenge'];
export type PasskeyCreation = Schemas['PasskeyCreation'];
export type NewPasskey = Schemas['PasskeyRequest'];
export type UsedPasskey = Schemas['PasskeyUseRequest'];
export type DeviceSession = Schemas['DeviceSession'];
export type Credentials = Schemas['LoginRequest'];
export type Registration = Schemas['RegistrationRequest'];
export type DataExport = Schemas['DataExport'];
export type Leaving = Schemas['Leaving'];
export type PasswordReset = Schemas['PasswordResetRequest'];
export type PasswordChange = Schemas['PasswordChangeRequest'];
export type EmailChange = Schemas['EmailChangeRequest'];
export type ProfileChanges = Schemas['UserUpdateRequest'];
export type Preferences = Schemas['ShownPreference'];
export type Pace = Preferences['pace'];

// Listings
export type GeoPoint = ListingCard['location']['coordinates'];
export type PropertyType = Schemas['PropertyType'];
export type ListingCard = Schemas['ListingCard'];
export type FoundCard = Schemas['FoundCard'];
export type SearchQuery = NonNullable<paths['/api/properties/search']['get']['parameters']['query']>;
export type SearchOrder = NonNullable<SearchQuery['sort']>;
export type Flexible = NonNullable<SearchQuery['flexible']>;
export type Currency = NonNullable<SearchQuery['currency']>;
export type FoundPage = Schemas['FoundCardPage'];
export type Facets = Schemas['Facets'];
export type Loosen = Schemas['Loosen'];
export type PlaceSuggestion = Schemas['PlaceSuggestion'];
export type SiteText = Schemas['Text'];
export type TextKind = SiteText['kind'];
export type Favorite = Schemas['FavoriteCard'];
export type Listing = Schemas['ListingDetail'];
export type Season = Schemas['Season'];
export type PolicyName = Schemas['CancellationPolicy'];
export type TakenNights = Schemas['TakenNights'];
export type Review = Schemas['Review'];
export type Amenity = Schemas['Amenity'];
export type AmenityKind = Schemas['AmenityKind'];
/** The document knows no length of `center`. */
export type Place = Schemas['Place'] & { center: GeoPoint['coordinates'] };

/** What a stay costs beside its price a night and its cleaning fee. */
export type Rates = Pick<
  Listing,
  'weekend_price' | 'seasons' | 'weekly_discount_percent' | 'monthly_discount_percent' | 'tax_per_person_night' | 'tax_nights_cap'
>;

/** Which stays are accepted. Days of the week count from Monday, 0; none of them means every day. */
export type HouseRules = Pick<
  Listing,
  'lead_days' | 'window_days' | 'prep_nights' | 'check_in_days' | 'check_out_days' | 'instant_book' | 'alteration_consent' | 'cancellation_policy'
>;

// Pages of a list
export interface PageOf<Item> {
  results: Item[];
  pagination: Schemas['Pagination'];
}

// Hosting
export type OwnCard = Schemas['OwnedCard'];
export type OwnListing = Schemas['OwnedDetail'];
export type Rank = Schemas['Rank'];
export type NewListing = Schemas['ListingRequest'];
export type ListingChanges = Schemas['PatchedListingChangeRequest'];
export type Photos = Schemas['Photos'];
export type Availability = Schemas['CalendarNights'];
export type OwnNight = Schemas['Night'];
export type NightKind = OwnNight['kind'];
/** Half-open: the night of `end` is not in it. */
export type Span = Schemas['SpanRequest'];
/** Both lists are always sent. */
export type NightChange = Required<Schemas['AvailabilityRequest']>;
export type Figures = Schemas['Figures'];
export type AnalyticsReport = Schemas['OwnerFigures'];

// Prices and holds
export type PriceLine = Schemas['Line'];
/** Where `rate` comes from stands in `rule`: base, weekend or season:<name>. */
export type NightRate = Schemas['NightPrice'];
export type Alternative = Schemas['Alternative'];
export type Quote = Schemas['Quote'];
export type Hold = Schemas['Hold'];
export type HoldRequest = Schemas['HoldRequestRequest'];
export type RequestedStay = Pick<BookingRequest, 'listing_id' | 'check_in' | 'check_out' | 'guest_count'>;

// Bookings
export type Booking = Schemas['Booking'];
export type BookedListing = Schemas['ListingSummary'];
export type BookingStatus = Schemas['BookingStatus'];
export type BookingEvent = Schemas['Change'];
export type Policy = Schemas['Policy'];
/** The shares that come back; with `until`, the instant up to which each holds, once there is a stay. */
export type PolicyTier = Schemas['Tier'] & Partial<Schemas['Deadline']>;
export type Alteration = Schemas['Proposal'];
export type BookingRequest = Schemas['BookingRequestRequest'];
/** One of the two: a method to be charged, or a payment that was authorised already. */
export type PaymentChoice = Pick<BookingRequest, 'payment_method' | 'payment_id'>;
export type BookingChanges = Schemas['BookingUpdateRequest'];
export type AlterationRequest = Schemas['AlterationRequest'];
export type AlterationPreview = Schemas['AlterationPreview'];
export type CancellationPreview = Schemas['Cancellation'];
export type Arrival = Schemas['Arrival'];
export type SentMessage = Schemas['SentMessage'];
export type PaymentMethods = Schemas['PaymentMethods'];
export type Payment = Schemas['Payment'];

// Notifications
export type NotificationItem = Schemas['Notification'];
export type Feed = Schemas['Feed'];
export type NotificationSettings = Schemas['ShownNotificationPreference'];
export type NotificationChoice = Pick<NotificationSettings, 'email' | 'locale' | 'matrix'>;
export type NotificationChanges = Schemas['NotificationPreferenceRequest'];
export type Channel = keyof Schemas['ShownChannels'];
/** The kind whose e-mails were stopped. */
export type StoppedKind = Schemas['Stopped'];

// Threads
export type Inbox = Schemas['Inbox'];
export type ThreadCard = Schemas['ThreadCard'];
export type Thread = Schemas['Thread'];
export type ThreadMessage = Schemas['ThreadMessage'];
export type ThreadSide = ThreadCard['side'];
export type ThreadState = Schemas['ThreadState'];
export type WrittenMessage = Schemas['WrittenMessage'];
export type FoundMessages = Schemas['FoundMessages'];
export type UnreadMessages = Schemas['UnreadMessages'];
export type ListingHost = Schemas['ListingHost'];
export type AnswerTime = Schemas['AnswerTime'];
export type MessageReport = Schemas['MessageReport'];
export type ReportReason = MessageReport['reason'];
export type SavedReply = Schemas['SavedReply'];
export type SavedReplies = Schemas['SavedReplies'];
// Calendars of other sites
export type ListingCalendars = Schemas['ListingCalendars'];
export type CalendarExport = NonNullable<ListingCalendars['export']>;
export type CalendarFeed = Schemas['CalendarFeed'];
export type NewFeed = Schemas['FeedRequest'];

// Trips
export type Activity = Schemas['Activity'];
export type PlannedActivity = Schemas['PlannedActivity'];
export type PartOfDay = Schemas['PartOfDay'];
export type DayWeather = Schemas['WeatherDay'];
export type Weather = Schemas['Weather'];
export type OfferedStay = Schemas['Stay'];
export type ItineraryDay = Schemas['PlannedDay'];
/** A saved plan without its contents. */
export type ItineraryHead = Schemas['ItineraryHead'];
export type Itinerary = Schemas['Itinerary'];
export type TripRequest = Schemas['ItineraryRequestRequest'];
export type Recommendation = Schemas['Recommendation'];
export type Recommendations = Schemas['Recommendations'];
export type UnderstoodFilters = Schemas['Filters'];
export type Understood = Schemas['Understood'];
export type SmartAnswer = Omit<Schemas['SmartSearchResult'], 'results' | 'pagination'>;

// Errors
export type ErrorReply = Schemas['Error'];
/** The document leaves `details` open: these are the members that the application reads. */
export interface ErrorDetails {
  nights?: Day[];
  bookings?: BookedStay[];
  alternatives?: Alternative[];
  payment_id?: Payment['id'];
  confirm_url?: string | null;
  holds?: Hold[];
  support_email?: string;
  reasons?: { code: string; message: string; booking_id: string | null }[];
}
export type BookedStay = Pick<Booking, 'id' | 'check_in' | 'check_out'>;
