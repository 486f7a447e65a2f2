import { useState, type FormEvent, type MouseEvent } from 'react';
import { Link, useLocation } from 'react-router';
import type { Credentials } from '../../api/wire';
import { usePasskeyLogin } from '../../hooks/usePasskeyLogin';
import { login } from '../../store/slices/authSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { AuthCard } from './AuthCard';
import { useAuthForm } from './useAuthForm';

const CODE_ASKED = ['SECOND_FACTOR_REQUIRED', 'CODE_WRONG'];

export function Login() {
  const { dispatch, loading, fields, formError } = useAuthForm(['email', 'password', 'code']);
  const passkey = usePasskeyLogin();
  const [asksCode, setAsksCode] = useState(false);
  const { state } = useLocation();

  const send = async (form: HTMLFormElement, factor: Pick<Credentials, 'code' | 'passkey'>) => {
    const data = new FormData(form);
    const answer = await dispatch(login({ email: String(data.get('email')).trim(), password: String(data.get('password')), ...factor }));
    if (login.rejected.match(answer) && CODE_ASKED.includes(answer.payload?.code ?? '')) setAsksCode(true);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = new FormData(event.currentTarget).get('code');
    await send(event.currentTarget, code ? { code: String(code) } : {});
  };

  const asPasskey = async (event: MouseEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget;
    if (asksCode && form) await passkey.ask((signed) => send(form, { passkey: signed }));
    else await passkey.logIn();
  };

  const shown = (formError?.code === 'SECOND_FACTOR_REQUIRED' ? null : formError) ?? passkey.problem;
  return (
    <AuthCard title="Log in">
      <form onSubmit={(event) => void submit(event)} aria-label="Log in" className="space-y-4">
        {shown && <ErrorNote problem={shown} />}
        <Field label="E-mail" name="email" type="email" autoComplete="username webauthn" required errors={fields.email} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
        {asksCode && <Field label="Code" name="code" hint="From your authenticator app, or a recovery code." autoComplete="one-time-code" required errors={fields.code} />}
        <Button type="submit" busy={loading} className="w-full">
          Log in
        </Button>
        {passkey.known && (
          <Button tone="secondary" busy={passkey.asking} onClick={(event) => void asPasskey(event)} className="w-full">
            {asksCode ? 'Use a passkey instead of the code' : 'Use a passkey'}
          </Button>
        )}
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
