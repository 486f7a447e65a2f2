import { useEffect } from 'react';
import { Link } from 'react-router';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { messageDismissed, selectMessages, type Message } from '../../store/slices/messageSlice';
import { IconButton } from './IconButton';

const SHOWN_MS = 8000;
const tones: Record<Message['tone'], string> = {
  info: 'bg-pine-900 text-white',
  success: 'bg-pine-700 text-white',
  error: 'bg-rose-800 text-white',
};

function MessageCard({ message }: { message: Message }) {
  const dispatch = useAppDispatch();
  const dismiss = () => dispatch(messageDismissed(message.id));
  useEffect(() => {
    const timer = setTimeout(() => dispatch(messageDismissed(message.id)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [dispatch, message.id]);
  return (
    <li className={`pointer-events-auto flex items-center gap-2 rounded-2xl py-1 pr-1 pl-4 shadow-pop ${tones[message.tone]}`}>
      <div className="min-w-0 flex-1 py-2">
        <p className="font-medium">{message.text}</p>
        {message.requestId && <p className="text-sm break-all opacity-90">Reference: {message.requestId}</p>}
      </div>
      {message.to && (
        <Link to={message.to} onClick={dismiss} className="inline-flex min-h-11 items-center rounded-full px-3 font-semibold text-apricot-300 underline underline-offset-4">
          View
        </Link>
      )}
      <IconButton icon="close" label="Dismiss message" onClick={dismiss} className="text-white enabled:hover:bg-white/15" />
    </li>
  );
}

export function Messages() {
  const messages = useAppSelector(selectMessages);
  return (
    <section aria-label="Messages" aria-live="polite" className="pointer-events-none fixed inset-x-4 bottom-4 z-[2000] mx-auto max-w-md">
      <ul className="space-y-2">
        {messages.map((message) => (
          <MessageCard key={message.id} message={message} />
        ))}
      </ul>
    </section>
  );
}
