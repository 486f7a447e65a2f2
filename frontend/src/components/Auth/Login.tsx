import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { login } from '../../store/slices/authSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { AuthCard } from './AuthCard';
import { useAuthForm } from './useAuthForm';

const CODE_ASKED = ['SECOND_FACTOR_REQUIRED', 'CODE_WRONG'];

export function Login() {
  const { dispatch, loading, fields, formError } = useAuthForm(['email', 'password', 'code']);
  const [asksCode, setAsksCode] = useState(false);
  const { state } = useLocation();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const code = data.get('code');
    const answer = await dispatch(login({ email: String(data.get('email')).trim(), password: String(data.get('password')), ...(code && { code: String(code) }) }));
    if (login.rejected.match(answer) && CODE_ASKED.includes(answer.payload?.code ?? '')) setAsksCode(true);
  };

  return (
    <AuthCard title="Log in">
      <form onSubmit={submit} aria-label="Log in" className="space-y-4">
        {formError && formError.code !== 'SECOND_FACTOR_REQUIRED' && <ErrorNote problem={formError} />}
        <Field label="E-mail" name="email" type="email" autoComplete="email" required errors={fields.email} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
        {asksCode && <Field label="Code" name="code" hint="From your authenticator app, or a recovery code." autoComplete="one-time-code" required errors={fields.code} />}
        <Button type="submit" busy={loading} className="w-full">
          Log in
        </Button>
      </form>
      <Link to="/forgot" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
        Forgot your password?
      </Link>
      <p className="text-muted">
        New here?{' '}
        <Link to="/register" state={state} className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Sign up
        </Link>
      </p>
    </AuthCard>
  );
}
