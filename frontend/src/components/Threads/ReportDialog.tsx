import { useId, useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import type { ReportReason } from '../../api/wire';
import { useAppDispatch } from '../../store/hooks';
import { messageShown } from '../../store/slices/messageSlice';
import { reportMessage } from '../../store/slices/threadSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';

const REASONS: Record<ReportReason, string> = {
  payment: 'It asks to pay outside Staywell',
  spam: 'It is advertising',
  insult: 'It is insulting',
  threat: 'It is a threat',
  other: 'Something else',
};

interface Props {
  threadId: string;
  messageId: string;
  name: string;
  onClose: () => void;
}

export function ReportDialog({ threadId, messageId, name, onClose }: Props) {
  const dispatch = useAppDispatch();
  const selectId = useId();
  const [reason, setReason] = useState<ReportReason>('payment');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sent = await dispatch(reportMessage({ id: threadId, messageId, reason, text: text.trim() }));
    if (!reportMessage.fulfilled.match(sent)) return setProblem(sent.payload ?? null);
    dispatch(messageShown({ tone: 'success', text: 'Reported. Support looks at it and tells you what they decide.' }));
    onClose();
  };
  return (
    <Dialog title={`Report a message of ${name}`} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <div>
          <label htmlFor={selectId} className="mb-1 block text-sm font-semibold">
            What is wrong with it?
          </label>
          <select id={selectId} className="input" value={reason} onChange={(event) => setReason(event.target.value as ReportReason)}>
            {Object.entries(REASONS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <TextArea label="Anything that support should know (optional)" rows={3} maxLength={1000} value={text} errors={problem?.fields.text} onChange={(event) => setText(event.target.value)} />
        {problem && !problem.fields.text && <ErrorNote problem={problem} />}
        <Button type="submit" tone="danger">
          Report
        </Button>
      </form>
    </Dialog>
  );
}
