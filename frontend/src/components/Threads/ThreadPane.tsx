import { useLayoutEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Thread } from '../../api/wire';
import { useOpenThread } from '../../hooks/useOpenThread';
import { problem as problemOf } from '../../api/problem';
import { useAppDispatch } from '../../store/hooks';
import { threadChanged } from '../../store/slices/inboxSlice';
import { archiveThread, blockPerson, fetchEarlierMessages, fetchThread, writeMessage } from '../../store/slices/threadSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { ErrorScreen } from '../Common/ErrorScreen';
import { Icon } from '../Common/Icon';
import { LoadingSpinner } from '../Common/LoadingSpinner';
import { Popover } from '../Common/Popover';
import { answerTimeText } from './answerTime';
import { Composer } from './Composer';
import { MessageItem } from './MessageItem';
import { otherName } from './names';

const menuItem = 'flex min-h-11 w-full items-center rounded-xl px-4 text-left font-medium hover:bg-mist';

function Head({ thread }: { thread: Thread }) {
  const dispatch = useAppDispatch();
  const { id, is_archived: archived, is_blocked_by_you: blocked } = thread;
  const archive = async () => {
    const done = await dispatch(archiveThread({ id, archived: !archived }));
    if (archiveThread.fulfilled.match(done)) dispatch(threadChanged({ id, ...done.payload }));
  };
  const block = async () => {
    await dispatch(blockPerson({ id, blocked: !blocked }));
    void dispatch(fetchThread(id));
  };
  const speed = thread.answer_time && answerTimeText(thread.answer_time);
  return (
    <header className="flex items-center gap-2 border-b border-line px-2 py-2 sm:px-4">
      <Link to="/messages" aria-label="All messages" className="inline-grid size-11 shrink-0 place-items-center rounded-full hover:bg-mist md:hidden">
        <Icon name="chevronLeft" />
      </Link>
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg font-bold">{otherName(thread)}</h2>
        <p className="truncate text-sm text-muted">
          {thread.listing ? (
            <Link to={`/listings/${thread.listing.id}`} className="hover:underline">
              {thread.listing.title}
            </Link>
          ) : (
            'A listing that is gone'
          )}
        </p>
        {speed && <p className="text-sm text-muted">{speed}</p>}
      </div>
      <Popover
        label="More about this thread"
        trigger={<Icon name="menu" />}
        triggerClass="inline-grid size-11 place-items-center rounded-full hover:bg-mist"
        panelClass="right-0 top-full mt-1 w-56 p-2"
      >
        {(close) => (
          <>
            <button
              type="button"
              className={menuItem}
              onClick={() => {
                void archive();
                close();
              }}
            >
              {archived ? 'Move to the inbox' : 'Archive'}
            </button>
            <button
              type="button"
              className={menuItem}
              onClick={() => {
                void block();
                close();
              }}
            >
              {blocked ? `Unblock ${otherName(thread)}` : `Block ${otherName(thread)}`}
            </button>
          </>
        )}
      </Popover>
    </header>
  );
}

function Entries({ thread }: { thread: Thread }) {
  const dispatch = useAppDispatch();
  const box = useRef<HTMLDivElement>(null);
  const { id, messages, earlier } = thread;
  const last = messages.at(-1)?.number;
  const seen = messages.findLast((one) => one.is_yours && one.number <= thread.read_by_other)?.number;
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [id, last]);
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto p-4">
      {earlier !== null && (
        <div className="pb-3 text-center">
          <Button tone="quiet" onClick={() => dispatch(fetchEarlierMessages({ id, before: earlier }))}>
            Show earlier messages
          </Button>
        </div>
      )}
      <ol aria-label="Messages" aria-live="polite" className="space-y-3">
        {messages.map((message) => (
          <MessageItem key={message.id} threadId={id} message={message} name={otherName(thread)} isSeen={message.number === seen} />
        ))}
      </ol>
    </div>
  );
}

export function ThreadPane({ id }: { id: string }) {
  const dispatch = useAppDispatch();
  const { thread, problem, load } = useOpenThread(id);
  if (!thread && problem?.status === 404) return <ErrorScreen title="Thread not found" text="It may belong to another account." />;
  if (!thread && problem)
    return (
      <div className="p-6">
        <ErrorNote problem={problem} onRetry={load} />
      </div>
    );
  if (!thread) return <LoadingSpinner label="Loading the thread" />;

  const send = async (text: string, clientId: string) => {
    const sent = await dispatch(writeMessage({ id, text, clientId }));
    return writeMessage.fulfilled.match(sent) ? null : (sent.payload ?? problemOf('UNEXPECTED', 'It was not sent. Try again.'));
  };
  const name = otherName(thread);
  return (
    <section aria-label={`Thread with ${name}`} className="flex h-full min-h-0 flex-col">
      <title>{`${name} · Messages · Staywell`}</title>
      <Head thread={thread} />
      <Entries thread={thread} />
      {thread.can_write ? (
        <Composer key={id} draft={id} to={name} hasSavedReplies={thread.side === 'host'} send={send} />
      ) : (
        <p className="border-t border-line p-4 text-muted">
          {thread.is_blocked_by_you ? `You have blocked ${name}. Unblock them in the menu above to write.` : `${name} cannot receive messages from you.`}
        </p>
      )}
    </section>
  );
}
