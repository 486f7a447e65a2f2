import { useState, type FormEvent, type KeyboardEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import { useDraft } from '../../hooks/useDraft';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';
import { SavedReplies } from './SavedReplies';

const LONGEST = 2000;

interface Props {
  /** Under which the draft is kept. */
  draft: string;
  to: string;
  hasSavedReplies: boolean;
  /** Resolves to null when it is sent. */
  send: (text: string, clientId: string) => Promise<ApiProblem | null>;
}

export function Composer({ draft, to, hasSavedReplies, send }: Props) {
  const { text, id, write } = useDraft(draft);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const ready = text.trim() !== '' && !sending;

  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!ready) return;
    setSending(true);
    const refused = await send(text.trim(), id);
    setSending(false);
    setProblem(refused);
    if (!refused) write('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
  };

  return (
    <form onSubmit={submit} aria-label={`Write to ${to}`} className="space-y-2 border-t border-line p-4">
      <TextArea label={`Write to ${to}`} rows={3} maxLength={LONGEST} value={text} errors={problem?.fields.text} onChange={(event) => write(event.target.value)} onKeyDown={onKeyDown} />
      {problem && !problem.fields.text && <ErrorNote problem={problem} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {hasSavedReplies ? <SavedReplies text={text} onChoose={write} /> : <span className="text-sm text-muted">Your e-mail address stays with us.</span>}
        <Button type="submit" busy={sending} disabled={text.trim() === ''}>
          Send
        </Button>
      </div>
    </form>
  );
}
