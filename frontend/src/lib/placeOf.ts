import type { NotificationItem } from '../api/wire';

/** Where a notification leads: to the messages that it is about, else to the booking. */
export function placeOf({ thread_id, booking_id }: NotificationItem): string | undefined {
  if (thread_id) return `/messages/${thread_id}`;
  return booking_id ? `/bookings/${booking_id}` : undefined;
}
