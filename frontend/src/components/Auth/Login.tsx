import type { FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { login } from '../../store/slices/authSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { AuthCard } from './AuthCard';
import { useAuthForm } from './useAuthForm';

export function Login() {
  const { dispatch, loading, fields, formError } = useAuthForm(['email', 'password']);
  const { state } = useLocation();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    void dispatch(login({ email: String(data.get('email')).trim(), password: String(data.get('password')) }));
  };

  return (
    <AuthCard title="Log in">
      <form onSubmit={submit} aria-label="Log in" className="space-y-4">
        {formError && <ErrorNote problem={formError} />}
        <Field label="E-mail" name="email" type="email" autoComplete="email" required errors={fields.email} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
        <Button type="submit" busy={loading} className="w-full">
          Log in
        </Button>
      </form>
      <p className="text-muted">
        New here?{' '}
        <Link to="/register" state={state} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Sign up
        </Link>
      </p>
    </AuthCard>
  );
}
