import { useSubmit } from '../../hooks/useSubmit';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { sendConfirmation } from '../../store/slices/accountThunks';
import { selectUser } from '../../store/slices/authSlice';
import { Button } from '../Common/Button';

/** Stands on every page until the address is confirmed. */
export function UnverifiedBanner() {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const { busy, done, problem, submit } = useSubmit();
  if (!user || user.email_verified) return null;
  const text = done
    ? `We sent the link to ${user.email} again. It is there within a minute; look into the spam folder too.`
    : `Check your e-mail: open the link that we sent to ${user.email}. Until then you can look around, but not book or publish.`;
  return (
    <section aria-label="Confirm your e-mail address" className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-apricot-100 px-4 py-2 text-apricot-800">
      <p role="status" className="max-w-prose font-medium wrap-anywhere">
        {problem?.message ?? text}
      </p>
      {!done && (
        <Button tone="secondary" busy={busy} onClick={() => void submit(() => dispatch(sendConfirmation()))}>
          Send the link again
        </Button>
      )}
    </section>
  );
}
