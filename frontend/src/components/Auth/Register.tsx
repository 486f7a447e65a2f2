import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import type { UserType } from '../../api/wire';
import { register } from '../../store/slices/authSlice';
import { PASSWORD_HINT, SHORTEST_PASSWORD } from '../Account/password';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { AccountKind } from './AccountKind';
import { AuthCard } from './AuthCard';
import { useAuthForm } from './useAuthForm';

const names = ['first_name', 'last_name', 'username', 'email', 'phone', 'password'];

export function Register() {
  const [userType, setUserType] = useState<UserType>('traveler');
  const { dispatch, loading, fields, formError } = useAuthForm(names);
  const { state } = useLocation();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    void dispatch(
      register({
        userType,
        username: text('username'),
        email: text('email'),
        password: String(data.get('password')),
        first_name: text('first_name'),
        last_name: text('last_name'),
        phone: text('phone') || undefined,
      }),
    );
  };

  return (
    <AuthCard title="Sign up">
      <form onSubmit={submit} aria-label="Sign up" className="space-y-4">
        <AccountKind legend="I want to join as a" value={userType} onChange={setUserType} />
        {formError && <ErrorNote problem={formError} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="First name" name="first_name" autoComplete="given-name" required errors={fields.first_name} />
          <Field label="Last name" name="last_name" autoComplete="family-name" required errors={fields.last_name} />
        </div>
        <Field label="Username" name="username" autoComplete="username" required errors={fields.username} />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required hint="We send you a link to confirm it." errors={fields.email} />
        <Field label="Phone (optional)" name="phone" type="tel" autoComplete="tel" errors={fields.phone} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={SHORTEST_PASSWORD}
          hint={PASSWORD_HINT}
          errors={fields.password}
        />
        <Button type="submit" busy={loading} className="w-full">
          Sign up
        </Button>
      </form>
      <p className="text-muted">
        Already with us?{' '}
        <Link to="/login" state={state} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Log in
        </Link>
      </p>
    </AuthCard>
  );
}
