import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { AccountCard } from '../components/Account/AccountCard';
import { Button } from '../components/Common/Button';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Field } from '../components/Common/Field';
import { useSubmit } from '../hooks/useSubmit';
import { fieldErrors } from '../lib/fieldErrors';
import { useAppDispatch } from '../store/hooks';
import { forgetPassword } from '../store/slices/accountThunks';

const SENT = 'If there is an account with this address, you get an e-mail within a minute. Its link works for one hour. Look into the spam folder too.';

export function ForgotPasswordPage() {
  const dispatch = useAppDispatch();
  const { busy, done, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['email']);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    void submit(() => dispatch(forgetPassword(email)));
  };

  return (
    <AccountCard title="Forgot your password?">
      {formError && <ErrorNote problem={formError} />}
      {done ? (
        <p role="status">{SENT}</p>
      ) : (
        <form onSubmit={send} aria-label="Forgot your password?" className="space-y-4">
          <p>Type the e-mail address of your account. We send you a link to choose a new password.</p>
          <Field label="E-mail" name="email" type="email" autoComplete="email" required errors={fields.email} />
          <Button type="submit" busy={busy} className="w-full">
            Send the link
          </Button>
        </form>
      )}
      <Link to="/login" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
        Back to the log-in
      </Link>
    </AccountCard>
  );
}
