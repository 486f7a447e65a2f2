import { Link } from 'react-router';
import { buttonStyle } from '../components/Common/buttonStyle';
import { Icon } from '../components/Common/Icon';
import { useAppSelector } from '../store/hooks';
import { selectSuspension } from '../store/slices/suspensionSlice';

const SUBJECT = encodeURIComponent('My account is suspended');

function Appeal({ address }: { address: string | null }) {
  if (!address) return <p>If you think that this is a mistake, write to the address in the e-mail that we sent you about it.</p>;
  return (
    <>
      <p>
        If you think that this is a mistake, write to <strong className="break-words">{address}</strong>. Name the e-mail of your account and say what happened. A person reads it and answers.
      </p>
      <a href={`mailto:${address}?subject=${SUBJECT}`} className={buttonStyle('primary')}>
        Write to support
      </a>
    </>
  );
}

/** What somebody reads whose account is suspended: what it means, and how to appeal. */
export function SuspendedPage() {
  const { supportEmail } = useAppSelector(selectSuspension);
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-10 sm:py-16">
      <title>Account suspended · Staywell</title>
      <div className="card space-y-5 p-6 sm:p-8">
        <h1 className="flex items-center gap-3 text-2xl font-bold">
          <Icon name="warning" />
          Your account is suspended
        </h1>
        <p>You cannot log in for now. This is what it means:</p>
        <ul className="list-disc space-y-2 pl-5">
          <li>Your listings are not shown and take no bookings.</li>
          <li>Requests that nobody had answered are closed, and nothing is charged for them.</li>
          <li>Support decides about confirmed stays ahead. You are notified by e-mail; a stay that support cancels is refunded in full.</li>
        </ul>
        <Appeal address={supportEmail} />
        <p>
          <Link to="/" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
            Back to the listings
          </Link>
        </p>
      </div>
    </div>
  );
}
