import { useCallback, useState } from 'react';
import { useParams } from 'react-router';
import { ErrorNote } from '../components/Common/ErrorNote';
import { EmptyState } from '../components/Common/EmptyState';
import { RequireAccount } from '../components/Common/RequireAccount';
import { ThreadList } from '../components/Threads/ThreadList';
import { ThreadPane } from '../components/Threads/ThreadPane';
import { useThreadNews } from '../hooks/useThreadNews';
import { hasRole } from '../lib/roles';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { fetchInbox, selectInbox, type InboxView } from '../store/slices/inboxSlice';

function Inbox({ threadId }: { threadId: string | undefined }) {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const inbox = useAppSelector(selectInbox);
  const [view, setView] = useState<InboxView>(inbox.view ?? { side: user?.user_type === 'owner' ? 'host' : 'guest', archived: false });
  const load = useCallback(() => void dispatch(fetchInbox(view)), [dispatch, view]);
  useThreadNews(load);

  if (inbox.error && !inbox.loaded)
    return (
      <div className="mx-auto max-w-3xl px-4 py-16">
        <ErrorNote problem={inbox.error} onRetry={load} />
      </div>
    );
  return (
    <div className="mx-auto flex h-[calc(100dvh-4rem)] max-w-[1600px] bg-surface md:border-x md:border-line">
      <div className={`w-full shrink-0 border-line md:w-96 md:border-r ${threadId ? 'hidden md:block' : ''}`}>
        <ThreadList view={view} hasBothSides={hasRole(user, 'traveler') && hasRole(user, 'owner')} onView={setView} />
      </div>
      <div className={`min-w-0 flex-1 ${threadId ? '' : 'hidden md:block'}`}>
        {threadId ? (
          <ThreadPane key={threadId} id={threadId} />
        ) : (
          <div className="grid h-full place-items-center p-6">
            <EmptyState title="Choose a conversation" hint="Questions, answers and what becomes of a booking stand in one thread for each place." />
          </div>
        )}
      </div>
    </div>
  );
}

export function MessagesPage() {
  const { threadId } = useParams();
  return (
    <RequireAccount>
      <title>Messages · Staywell</title>
      <Inbox threadId={threadId} />
    </RequireAccount>
  );
}
