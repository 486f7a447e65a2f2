import { useState } from 'react';
import type { DeviceSession } from '../../api/wire';
import { formatAgo, formatInstant } from '../../lib/dates';
import { useAppDispatch } from '../../store/hooks';
import { endSession } from '../../store/slices/accountSessionSlice';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';

function SessionCard({ session }: { session: DeviceSession }) {
  const dispatch = useAppDispatch();
  const [ending, setEnding] = useState(false);
  const isProgram = session.kind === 'program';

  const end = async () => {
    setEnding(true);
    const answer = await dispatch(endSession(session.id));
    setEnding(false);
    if (endSession.fulfilled.match(answer)) dispatch(messageShown({ tone: 'success', text: `${session.device} is logged out.` }));
  };

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 p-5">
      <div className="min-w-0 flex-1 basis-56">
        <h2 className="font-semibold wrap-anywhere">
          {session.device}
          {session.is_current && <span className="ml-2 inline-block rounded-full bg-pine-50 px-3 py-0.5 text-sm font-medium text-pine-700">This device</span>}
        </h2>
        <p className="text-sm text-muted wrap-anywhere">
          {isProgram ? 'A program' : <>Last used <time dateTime={session.used_at}>{formatAgo(session.used_at)}</time></>} · {session.address}
        </p>
        <p className="text-sm text-muted">
          Logged in since <time dateTime={session.created_at}>{formatInstant(session.created_at)}</time>
        </p>
      </div>
      {!session.is_current && (
        <Button tone="secondary" busy={ending} onClick={end} aria-label={`Log out ${session.device}`}>
          Log out
        </Button>
      )}
    </li>
  );
}

export function SessionList({ sessions }: { sessions: DeviceSession[] }) {
  return (
    <ul aria-label="Sessions" className="card divide-y divide-line">
      {sessions.map((session) => (
        <SessionCard key={session.id} session={session} />
      ))}
    </ul>
  );
}
