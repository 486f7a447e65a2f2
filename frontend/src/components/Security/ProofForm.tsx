import { useState, type FormEvent, type MouseEvent, type ReactNode } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { Proof } from '../../api/wire';
import { fieldErrors } from '../../lib/fieldErrors';
import { askForPasskey, knowsPasskeys, passkeyProblem } from '../../lib/passkeys';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchPasskeyChallenge, selectPasskeys } from '../../store/slices/passkeySlice';
import { selectSecondFactor } from '../../store/slices/secondFactorSlice';
import { Button } from '../Common/Button';
import type { ButtonTone } from '../Common/buttonStyle';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

interface Props {
  label: string;
  action: string;
  tone?: ButtonTone;
  className?: string;
  /** Shown above the fields; its inputs are in the form too. */
  children?: ReactNode;
  /** Of fields of `children`. */
  names?: string[];
  /** Returns what went wrong, if anything did. */
  onProof: (proof: Proof, form: FormData) => Promise<ApiProblem | null | undefined>;
}

/** Asks once more who somebody is: by the password, with a code where there is a second factor, or by a passkey. */
export function ProofForm({ label, action, tone, className = 'space-y-4', children, names = [], onProof }: Props) {
  const dispatch = useAppDispatch();
  const { factor } = useAppSelector(selectSecondFactor);
  const { passkeys } = useAppSelector(selectPasskeys);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { fields, formError } = fieldErrors(problem, ['password', 'code', ...names]);

  const prove = async (proof: Proof | ApiProblem, form: FormData) => {
    setBusy(true);
    setProblem('message' in proof ? proof : ((await onProof(proof, form)) ?? null));
    setBusy(false);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = form.get('code');
    await prove({ password: String(form.get('password')), ...(code && { code: String(code) }) }, form);
  };

  /** Without the password; the fields of `children` have to be right all the same. */
  const byPasskey = async (event: MouseEvent<HTMLButtonElement>) => {
    const { form } = event.currentTarget;
    const others = names.map((name) => form?.elements.namedItem(name) as HTMLInputElement);
    if (!form || !others.every((input) => input.reportValidity())) return;
    setBusy(true);
    const asked = await dispatch(fetchPasskeyChallenge());
    const signed = fetchPasskeyChallenge.fulfilled.match(asked) ? askForPasskey(asked.payload).then((passkey) => ({ passkey }), passkeyProblem) : (asked.payload ?? passkeyProblem(null));
    await prove(await signed, new FormData(form));
  };

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={label} className={className}>
      {formError && <ErrorNote problem={formError} />}
      {children}
      <Field label="Your password" name="password" type="password" autoComplete="current-password" required errors={fields.password} />
      {factor?.is_on && <Field label="Code of the app, or a recovery code" name="code" autoComplete="one-time-code" required errors={fields.code} />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" tone={tone} busy={busy}>
          {action}
        </Button>
        {knowsPasskeys() && Boolean(passkeys?.length) && (
          <Button tone="secondary" busy={busy} onClick={(event) => void byPasskey(event)}>
            Use a passkey instead
          </Button>
        )}
      </div>
    </form>
  );
}
