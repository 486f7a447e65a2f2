import { useState } from 'react';
import type { ApiProblem } from '../../api/problem';
import { useAppDispatch } from '../../store/hooks';
import { endAllSessions } from '../../store/slices/accountSessionSlice';
import { logOut } from '../../store/slices/authSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';

export function LogOutEverywhereDialog({ onClose }: { onClose: () => void }) {
  const dispatch = useAppDispatch();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const end = async () => {
    setSending(true);
    const answer = await dispatch(endAllSessions());
    setSending(false);
    if (!endAllSessions.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    await dispatch(logOut());
  };

  return (
    <Dialog title="Log out everywhere?" onClose={onClose}>
      <div className="space-y-4">
        <p className="text-muted">All your browsers, phones and programs are logged out at once, this one too. You need your password to log in again.</p>
        {problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Stay logged in
          </Button>
          <Button tone="danger" busy={sending} onClick={end}>
            Log out everywhere
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
