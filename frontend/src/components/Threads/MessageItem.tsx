import { useState } from 'react';
import { Link } from 'react-router';
import type { ThreadMessage } from '../../api/wire';
import { formatInstant } from '../../lib/dates';
import { ReportDialog } from './ReportDialog';

interface Props {
  threadId: string;
  message: ThreadMessage;
  name: string;
  isSeen: boolean;
}

export function MessageItem({ threadId, message, name, isSeen }: Props) {
  return message.kind === 'booking' ? <BookingLine message={message} /> : <Text threadId={threadId} message={message} name={name} isSeen={isSeen} />;
}

function BookingLine({ message }: { message: ThreadMessage }) {
  return (
    <li className="flex justify-center">
      <Link to={`/bookings/${message.booking_id}`} className="rounded-full border border-line bg-surface px-4 py-1 text-center text-sm hover:bg-mist">
        <span className="font-semibold">{message.text}</span>{' '}
        <time dateTime={message.at} className="text-muted">
          {formatInstant(message.at)}
        </time>
      </Link>
    </li>
  );
}

function Text({ threadId, message, name, isSeen }: Props) {
  const [reporting, setReporting] = useState(false);
  const { is_yours: yours } = message;
  return (
    <li className={`flex flex-col ${yours ? 'items-end' : 'items-start'}`}>
      <div className={`max-w-[85%] rounded-2xl px-4 py-2 wrap-anywhere whitespace-pre-line sm:max-w-[70%] ${yours ? 'bg-pine-700 text-white' : 'bg-mist'}`}>
        <span className="sr-only">{yours ? 'You: ' : `${name}: `}</span>
        {message.is_hidden ? <i>Support has hidden this message.</i> : message.text || <i>This text was erased with the account.</i>}
      </div>
      {message.is_masked && (
        <p className="mt-1 max-w-[85%] rounded-xl bg-apricot-100 px-3 py-1 text-sm text-apricot-800 sm:max-w-[70%]">
          Contact details and other ways to pay are hidden until a booking is confirmed. It protects you from fraud.
        </p>
      )}
      <p className="mt-1 flex items-center gap-2 text-sm text-muted">
        <time dateTime={message.at}>{formatInstant(message.at)}</time>
        {isSeen && <span>Seen</span>}
        {!yours && !message.is_hidden && (
          <button type="button" onClick={() => setReporting(true)} className="underline underline-offset-2 hover:text-ink">
            Report
          </button>
        )}
      </p>
      {reporting && <ReportDialog threadId={threadId} messageId={message.id} name={name} onClose={() => setReporting(false)} />}
    </li>
  );
}
