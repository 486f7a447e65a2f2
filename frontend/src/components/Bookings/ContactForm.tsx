import { useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import { uuid } from '../../lib/uuid';
import { useAppDispatch } from '../../store/hooks';
import { sendMessage } from '../../store/slices/arrivalSlice';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';

const LONGEST = 2000;

interface Props {
  bookingId: string;
  name: string;
  forHost: boolean;
}

/** Writes to the other side through us: neither sees the other's address. */
export function ContactForm({ bookingId, name, forHost }: Props) {
  const dispatch = useAppDispatch();
  const [text, setText] = useState('');
  const [key, setKey] = useState(uuid);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const other = name || (forHost ? 'your guest' : 'your host');

  const write = (typed: string) => {
    setText(typed);
    setKey(uuid());
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setProblem(null);
    const answer = await dispatch(sendMessage({ id: bookingId, text: text.trim(), key }));
    setSending(false);
    if (!sendMessage.fulfilled.match(answer)) return setProblem(answer.payload ?? null);
    write('');
    dispatch(messageShown({ tone: 'success', text: `Sent to ${other}.` }));
  };

  return (
    <form onSubmit={submit} aria-label={`Write to ${other}`} className="space-y-3 border-t border-line pt-4">
      <h3 className="font-bold">{forHost ? `${other} stays with you` : `${other} is your host`}</h3>
      <TextArea label={`Write to ${other}`} rows={3} maxLength={LONGEST} value={text} errors={problem?.fields?.text} onChange={(event) => write(event.target.value)} />
      <p className="text-sm text-muted">We pass it on, by notification and e-mail. Your own e-mail address stays with us.</p>
      {problem && !problem.fields?.text && <ErrorNote problem={problem} />}
      <Button type="submit" busy={sending} disabled={!text.trim()}>
        Send
      </Button>
    </form>
  );
}
