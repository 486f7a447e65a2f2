import { useState, type FormEvent } from 'react';
import type { User } from '../../api/wire';
import { useSubmit } from '../../hooks/useSubmit';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { changeEmail } from '../../store/slices/accountThunks';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

export function EmailForm({ user }: { user: User }) {
  const dispatch = useAppDispatch();
  const [asked, setAsked] = useState('');
  const { busy, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['email', 'current_password']);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = String(data.get('email')).trim();
    if (await submit(() => dispatch(changeEmail({ email, current_password: String(data.get('current_password')) })))) setAsked(email);
  };

  return (
    <form onSubmit={(event) => void send(event)} aria-label="Change the e-mail address" className="card space-y-4 p-5 sm:p-6">
      <h2 className="text-xl font-bold">E-mail address</h2>
      <p className="wrap-anywhere">
        {user.email} {user.email_verified ? '(confirmed)' : '(not confirmed yet)'}
      </p>
      {formError && <ErrorNote problem={formError} />}
      {asked ? (
        <p role="status" className="rounded-xl bg-pine-50 p-3 text-pine-900 wrap-anywhere">
          Check your e-mail: open the link that we sent to {asked}. Until then your address stays as it is.
        </p>
      ) : (
        <>
          <Field label="New e-mail address" name="email" type="email" autoComplete="email" required errors={fields.email} />
          <Field label="Your password" name="current_password" type="password" autoComplete="current-password" required errors={fields.current_password} />
          <Button type="submit" tone="secondary" busy={busy}>
            Change the address
          </Button>
        </>
      )}
    </form>
  );
}
