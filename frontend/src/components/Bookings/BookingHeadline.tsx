import type { Booking, BookingStatus } from '../../api/wire';
import { formatInstant } from '../../lib/dates';
import { InstantMark } from './InstantMark';
import { StatusBadge } from './StatusBadge';

interface Props {
  booking: Booking;
  forHost: boolean;
  justRequested: boolean;
}

const forGuest: Record<BookingStatus, [title: string, text: string]> = {
  pending: ['Your request is with the host', 'The nights are held for you. This page updates when the answer comes.'],
  confirmed: ['Your stay is confirmed', 'Everything you need is below.'],
  declined: ['The host declined', 'Your card was not charged, and there are other places for your dates.'],
  cancelled: ['This booking is cancelled', 'The nights are free again.'],
  expired: ['The request expired', 'The host did not answer in time. Your card was not charged.'],
  completed: ['You stayed here', 'We hope that it was a good time.'],
};

const forTheHost: Record<BookingStatus, string> = {
  pending: 'would like to stay',
  confirmed: 'is coming',
  declined: 'was declined',
  cancelled: 'is not coming',
  expired: 'got no answer in time',
  completed: 'stayed here',
};

export function BookingHeadline({ booking, forHost, justRequested }: Props) {
  const { status, expires_at } = booking;
  const [title, text] = forGuest[status];
  const heading = forHost ? `${booking.guest.first_name} ${forTheHost[status]}` : justRequested && status === 'pending' ? 'Request sent' : title;
  return (
    <div role="status" className="space-y-2">
      <div className="flex flex-wrap gap-2">
        <StatusBadge status={status} forHost={forHost} />
        <InstantMark booking={booking} />
      </div>
      <h1 className="text-3xl font-bold">{heading}</h1>
      {!forHost && <p className="text-lg text-muted">{text}</p>}
      {status === 'pending' && expires_at && <p className="text-muted">Open until {formatInstant(expires_at)}.</p>}
      {booking.cancellation_reason && <p className="rounded-xl bg-mist p-3 wrap-anywhere">“{booking.cancellation_reason}”</p>}
    </div>
  );
}
