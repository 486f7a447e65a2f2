import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Enrolment } from '../../api/wire';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { beginSecondFactor } from '../../store/slices/secondFactorSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

export function SwitchOnForm({ onBegun }: { onBegun: (enrolment: Enrolment) => void }) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, ['password']);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    setSending(true);
    const answer = await dispatch(beginSecondFactor(password));
    setSending(false);
    if (beginSecondFactor.fulfilled.match(answer)) return onBegun(answer.payload);
    setProblem(answer.payload ?? null);
  };

  return (
    <form onSubmit={submit} aria-label="Second factor" className="card space-y-4 p-5 sm:p-6">
      {formError && <ErrorNote problem={formError} />}
      <h2 className="text-xl font-semibold">The second factor is off</h2>
      <p className="text-muted">With it, logging in takes your password and a code of an app on your phone: a stolen password alone opens nothing.</p>
      <Field label="Your password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
      <Button type="submit" busy={sending}>
        Set it up
      </Button>
    </form>
  );
}
