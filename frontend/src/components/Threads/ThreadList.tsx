import { useState, type FormEvent } from 'react';
import { Link, NavLink } from 'react-router';
import type { ThreadCard, WrittenMessage } from '../../api/wire';
import { formatAgo } from '../../lib/dates';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchOlderThreads, searchEnded, searchMessages, selectInbox, type InboxView } from '../../store/slices/inboxSlice';
import { Button } from '../Common/Button';
import { IconButton } from '../Common/IconButton';
import { ListingImage } from '../Common/ListingImage';
import { otherName } from './names';

const FEWEST_LETTERS = 2;

function Card({ card }: { card: ThreadCard }) {
  const mine = card.preview_by === card.side;
  return (
    <NavLink
      to={`/messages/${card.id}`}
      className={({ isActive }) => `flex gap-3 border-b border-line px-4 py-3 hover:bg-mist ${isActive ? 'bg-pine-50' : ''}`}
    >
      <div className="size-14 shrink-0 overflow-hidden rounded-xl">
        <ListingImage src={card.listing?.image} seed={card.listing?.id ?? card.id} sizes="3.5rem" />
      </div>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-2">
          <b className="truncate font-semibold">{otherName(card)}</b>
          <time dateTime={card.last_at} className="shrink-0 text-sm text-muted">
            {formatAgo(card.last_at)}
          </time>
        </p>
        <p className="truncate text-sm text-muted">{card.listing?.title ?? 'A listing that is gone'}</p>
        <p className="flex items-center gap-2">
          <span className={`min-w-0 flex-1 truncate text-sm ${card.unread > 0 ? 'font-semibold' : ''}`}>
            {mine && 'You: '}
            {card.preview}
          </span>
          {card.unread > 0 && (
            <span className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-rose-600 px-1 text-xs font-bold text-white" aria-label={`${card.unread} unread`}>
              {card.unread}
            </span>
          )}
        </p>
      </div>
    </NavLink>
  );
}

function Found({ found }: { found: WrittenMessage[] }) {
  if (found.length === 0) return <p className="p-6 text-muted">No message has these words.</p>;
  return (
    <ul aria-label="Found messages">
      {found.map(({ thread_id, message }) => (
        <li key={message.id}>
          <Link to={`/messages/${thread_id}`} className="block border-b border-line px-4 py-3 hover:bg-mist">
            <span className="line-clamp-2 text-sm wrap-anywhere">{message.text}</span>
            <time dateTime={message.at} className="text-sm text-muted">
              {formatAgo(message.at)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Search({ view }: { view: InboxView }) {
  const dispatch = useAppDispatch();
  const { found } = useAppSelector(selectInbox);
  const [text, setText] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim().length >= FEWEST_LETTERS) void dispatch(searchMessages({ side: view.side, text: text.trim() }));
  };
  const end = () => {
    setText('');
    dispatch(searchEnded());
  };
  return (
    <form role="search" onSubmit={search} className="flex items-center gap-1">
      <input type="search" aria-label="Search messages" placeholder="Search messages" maxLength={100} className="input" value={text} onChange={(event) => setText(event.target.value)} />
      <IconButton type="submit" icon="search" label="Search" />
      {found && <IconButton icon="close" label="End the search" onClick={end} />}
    </form>
  );
}

interface Props {
  view: InboxView;
  hasBothSides: boolean;
  onView: (view: InboxView) => void;
}

export function ThreadList({ view, hasBothSides, onView }: Props) {
  const dispatch = useAppDispatch();
  const { threads, nextCursor, loaded, found } = useAppSelector(selectInbox);
  const tab = (label: string, chosen: boolean, next: Partial<InboxView>) => (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={() => onView({ ...view, ...next })}
      className={`min-h-11 rounded-full px-4 font-medium ${chosen ? 'bg-pine-50 text-pine-700' : 'hover:bg-mist'}`}
    >
      {label}
    </button>
  );
  return (
    <div className="flex h-full flex-col">
      <div className="space-y-2 border-b border-line p-4">
        <h1 className="text-2xl font-bold">Messages</h1>
        {hasBothSides && (
          <div className="flex gap-1">
            {tab('As a guest', view.side === 'guest', { side: 'guest' })}
            {tab('As a host', view.side === 'host', { side: 'host' })}
          </div>
        )}
        <div className="flex gap-1">
          {tab('Inbox', !view.archived, { archived: false })}
          {tab('Archive', view.archived, { archived: true })}
        </div>
        <Search view={view} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {found ? (
          <Found found={found} />
        ) : (
          <>
            {!loaded && <div className="skeleton m-4 h-20" aria-label="Loading your messages" />}
            {loaded && threads.length === 0 && <p className="p-6 text-muted">{emptyText(view)}</p>}
            <ul aria-label="Threads">
              {threads.map((card) => (
                <li key={card.id}>
                  <Card card={card} />
                </li>
              ))}
            </ul>
            {nextCursor && (
              <div className="p-3 text-center">
                <Button tone="quiet" onClick={() => dispatch(fetchOlderThreads(view))}>
                  Show older
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function emptyText({ side, archived }: InboxView): string {
  if (archived) return 'Nothing is archived.';
  if (side === 'host') return 'No messages yet. Questions of guests and their bookings appear here.';
  return 'No messages yet. Ask the host on the page of a place that you like.';
}
