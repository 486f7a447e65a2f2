import { useState } from 'react';
import type { StoppedKind } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { useAppDispatch } from '../../store/hooks';
import { stopEmails } from '../../store/slices/notificationSettingsSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';

/** Where the link of an e-mail leads: it asks first, since programs follow links too. */
export function StopEmails({ token, onStopped }: { token: string; onStopped: () => void }) {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState(false);
  const [stopped, setStopped] = useState<StoppedKind | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const stop = async () => {
    setAsking(true);
    const answer = await dispatch(stopEmails(token));
    setAsking(false);
    if (!stopEmails.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    setProblem(null);
    setStopped(answer.payload);
    onStopped();
  };

  return (
    <section aria-label="Stop e-mails" className="card space-y-4 p-5 sm:p-6">
      {problem && <ErrorNote problem={problem} />}
      <p role="status">
        {stopped ? `You will get no more e-mails of this kind: “${stopped.label}”.` : 'You followed the link of an e-mail. Stop e-mails of this kind?'}
      </p>
      {!stopped && (
        <Button onClick={stop} busy={asking}>
          Stop these e-mails
        </Button>
      )}
    </section>
  );
}
