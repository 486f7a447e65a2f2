import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { AccountCard } from '../components/Account/AccountCard';
import { PASSWORD_HINT, SHORTEST_PASSWORD } from '../components/Account/password';
import { Button } from '../components/Common/Button';
import { buttonStyle } from '../components/Common/buttonStyle';
import { ErrorNote } from '../components/Common/ErrorNote';
import { Field } from '../components/Common/Field';
import { useLinkToken } from '../hooks/useLinkToken';
import { useSubmit } from '../hooks/useSubmit';
import { fieldErrors } from '../lib/fieldErrors';
import { useAppDispatch } from '../store/hooks';
import { resetPassword } from '../store/slices/accountThunks';

export function ResetPasswordPage() {
  const token = useLinkToken();
  const dispatch = useAppDispatch();
  const { busy, done, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['password']);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    void submit(() => dispatch(resetPassword({ token, password })));
  };

  return (
    <AccountCard title="Choose a new password">
      {formError && <ErrorNote problem={formError} />}
      {done ? (
        <>
          <p role="status">Your password is changed, and all devices are logged out.</p>
          <Link to="/login" className={`${buttonStyle('primary')} w-full`}>
            Log in
          </Link>
        </>
      ) : token ? (
        <form onSubmit={send} aria-label="Choose a new password" className="space-y-4">
          <Field
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
            hint={PASSWORD_HINT}
            errors={fields.password}
          />
          <Button type="submit" busy={busy} className="w-full">
            Change the password
          </Button>
        </form>
      ) : (
        <p role="status">This link is not complete. Open it again from the e-mail.</p>
      )}
      {!done && (
        <Link to="/forgot" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Ask for a new link
        </Link>
      )}
    </AccountCard>
  );
}
