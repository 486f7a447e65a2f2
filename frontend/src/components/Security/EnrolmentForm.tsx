import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Enrolment } from '../../api/wire';
import { fieldErrors } from '../../lib/fieldErrors';
import { useAppDispatch } from '../../store/hooks';
import { confirmSecondFactor } from '../../store/slices/secondFactorSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(' ');

interface Props {
  enrolment: Enrolment;
  onDone: (recoveryCodes: string[]) => void;
}

export function EnrolmentForm({ enrolment, onDone }: Props) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, ['code']);
  const { size, path } = enrolment.qr;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    setSending(true);
    const answer = await dispatch(confirmSecondFactor(code));
    setSending(false);
    if (confirmSecondFactor.fulfilled.match(answer)) return onDone(answer.payload);
    setProblem(answer.payload ?? null);
  };

  return (
    <form onSubmit={submit} aria-label="Set up the app" className="card space-y-4 p-5 sm:p-6">
      {formError && <ErrorNote problem={formError} />}
      <p>Scan this with an authenticator app, then enter the code that it shows.</p>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the secret" shapeRendering="crispEdges" className="mx-auto w-56 rounded-xl bg-white">
        <path d={path} fill="#000" />
      </svg>
      <p className="text-sm text-muted">
        You cannot scan it? Type this secret into the app: <code className="font-mono wrap-anywhere text-ink">{inFours(enrolment.secret)}</code>
      </p>
      <Field label="Code of the app" name="code" inputMode="numeric" autoComplete="one-time-code" required errors={fields.code} />
      <Button type="submit" busy={sending}>
        Switch it on
      </Button>
    </form>
  );
}
