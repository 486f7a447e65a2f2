import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { SecondFactor } from '../../api/wire';
import { fieldErrors } from '../../lib/fieldErrors';
import { formatInstant } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { endSecondFactor } from '../../store/slices/secondFactorSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

const codesLeft = (count: number) => (count === 1 ? '1 recovery code is left.' : `${count} recovery codes are left.`);

export function SwitchOffForm({ factor }: { factor: SecondFactor }) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, ['password', 'code']);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setSending(true);
    const answer = await dispatch(endSecondFactor({ password: String(data.get('password')), code: String(data.get('code')) }));
    setSending(false);
    if (!endSecondFactor.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    dispatch(messageShown({ tone: 'success', text: 'The second factor is off.' }));
  };

  return (
    <form onSubmit={submit} aria-label="Switch the second factor off" className="card space-y-4 p-5 sm:p-6">
      {formError && <ErrorNote problem={formError} />}
      <h2 className="text-xl font-semibold">The second factor is on</h2>
      <p className="text-muted">
        {factor.on_since && (
          <>
            Since <time dateTime={factor.on_since}>{formatInstant(factor.on_since)}</time>.{' '}
          </>
        )}
        {codesLeft(factor.recovery_codes_left)} For new ones, switch it off and on again.
      </p>
      <Field label="Your password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
      <Field label="Code of the app, or a recovery code" name="code" autoComplete="one-time-code" required errors={fields.code} />
      <Button type="submit" tone="danger" busy={sending}>
        Switch it off
      </Button>
    </form>
  );
}
