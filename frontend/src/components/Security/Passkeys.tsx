import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchPasskeys, selectPasskeys } from '../../store/slices/passkeySlice';
import { ErrorNote } from '../Common/ErrorNote';
import { LoadingSpinner } from '../Common/LoadingSpinner';
import { AddPasskey } from './AddPasskey';
import { PasskeyCard } from './PasskeyCard';

export function Passkeys() {
  const dispatch = useAppDispatch();
  const { passkeys, error } = useAppSelector(selectPasskeys);
  useEffect(() => {
    const asked = dispatch(fetchPasskeys());
    return () => asked.abort();
  }, [dispatch]);

  return (
    <section aria-labelledby="passkeys-title" className="card space-y-4 p-5 sm:p-6">
      <h2 id="passkeys-title" className="text-xl font-semibold">
        Passkeys
      </h2>
      <p className="text-muted">Log in with your finger, your face or the PIN of your device, without a password. A page that only looks like ours cannot ask for a passkey.</p>
      {error && <ErrorNote problem={error} onRetry={() => void dispatch(fetchPasskeys())} />}
      {!error && !passkeys && <LoadingSpinner label="Loading your passkeys" />}
      {Boolean(passkeys?.length) && (
        <ul aria-label="Passkeys" className="divide-y divide-line border-y border-line">
          {passkeys?.map((passkey) => (
            <PasskeyCard key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {passkeys && <AddPasskey />}
    </section>
  );
}
