import type { FormEvent } from 'react';
import { useSubmit } from '../../hooks/useSubmit';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { changePassword } from '../../store/slices/accountThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { PASSWORD_HINT, SHORTEST_PASSWORD } from './password';

export function PasswordForm() {
  const dispatch = useAppDispatch();
  const { busy, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['current_password', 'new_password']);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const body = { current_password: String(data.get('current_password')), new_password: String(data.get('new_password')) };
    if (!(await submit(() => dispatch(changePassword(body))))) return;
    form.reset();
    dispatch(messageShown({ tone: 'success', text: 'Your password is changed, and your other devices are logged out.' }));
  };

  return (
    <form onSubmit={(event) => void send(event)} aria-label="Change the password" className="card space-y-4 p-5 sm:p-6">
      <h2 className="text-xl font-bold">Password</h2>
      {formError && <ErrorNote problem={formError} />}
      <Field label="Current password" name="current_password" type="password" autoComplete="current-password" required errors={fields.current_password} />
      <Field
        label="New password"
        name="new_password"
        type="password"
        autoComplete="new-password"
        required
        minLength={SHORTEST_PASSWORD}
        hint={PASSWORD_HINT}
        errors={fields.new_password}
      />
      <Button type="submit" tone="secondary" busy={busy}>
        Change the password
      </Button>
    </form>
  );
}
