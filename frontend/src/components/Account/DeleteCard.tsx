import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ApiProblem } from '../../api/problem';
import { formatInstant } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { deleteAccount } from '../../store/slices/accountDataSlice';
import { loggedOut } from '../../store/slices/authSlice';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';

function Reasons({ problem }: { problem: ApiProblem }) {
  const reasons = problem.details.reasons ?? [];
  return (
    <div role="alert" className="space-y-2 rounded-xl border border-rose-600/30 bg-rose-50 p-4 text-rose-800">
      <p className="font-medium">The account cannot be deleted yet:</p>
      <ul className="list-disc space-y-1 pl-5">
        {reasons.map((reason) => (
          <li key={reason.message}>
            {reason.message}{' '}
            {reason.booking_id && (
              <Link to={`/bookings/${reason.booking_id}`} className="font-semibold underline underline-offset-4">
                See the booking
              </Link>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function DeleteCard() {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    setBusy(true);
    const answer = await dispatch(deleteAccount(password));
    setBusy(false);
    if (deleteAccount.rejected.match(answer)) return setProblem(answer.payload ?? null);
    await navigate('/');
    dispatch(loggedOut());
    dispatch(messageShown({ tone: 'success', text: `Your account will be erased on ${formatInstant(answer.payload.erase_at)}. To keep it, log in before.` }));
  };

  const wrong = problem?.fields.password;
  return (
    <section aria-labelledby="delete-title" className="card space-y-4 p-6">
      <h2 id="delete-title" className="text-xl font-bold">
        Delete your account
      </h2>
      <p className="text-muted">At once nobody is logged in any more, and your listings are not shown. After 14 days your name, e-mail, profile, photos, favorites, plans and notifications are erased. Bookings and payments stay in our books without your name. Until then you can log in to keep the account.</p>
      {problem?.code === 'ACCOUNT_NEEDED' && <Reasons problem={problem} />}
      {problem && problem.code !== 'ACCOUNT_NEEDED' && !wrong && <ErrorNote problem={problem} />}
      {asking ? (
        <form onSubmit={(event) => void submit(event)} aria-label="Delete your account" className="space-y-4">
          <Field label="Your password" name="password" type="password" autoComplete="current-password" required errors={wrong} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" tone="danger" busy={busy}>
              Delete my account
            </Button>
            <Button tone="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </form>
      ) : (
        <Button tone="secondary" onClick={() => setAsking(true)}>
          Delete the account…
        </Button>
      )}
    </section>
  );
}
