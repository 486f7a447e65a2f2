import { useEffect, useState, type FormEvent } from 'react';
import type { ApiProblem } from '../../api/problem';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { addSavedReply, deleteSavedReply, fetchSavedReplies, selectSavedReplies } from '../../store/slices/savedReplySlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';
import { ErrorNote } from '../Common/ErrorNote';
import { Field } from '../Common/Field';
import { IconButton } from '../Common/IconButton';

interface Props {
  /** What stands in the field now, which can be kept. */
  text: string;
  onChoose: (text: string) => void;
}

function KeepForm({ text }: { text: string }) {
  const dispatch = useAppDispatch();
  const [title, setTitle] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const kept = await dispatch(addSavedReply({ title: title.trim(), text: text.trim() }));
    if (!addSavedReply.fulfilled.match(kept)) return setProblem(kept.payload ?? null);
    setProblem(null);
    setTitle('');
  };
  return (
    <form onSubmit={keep} aria-label="Keep this text" className="space-y-3 border-t border-line pt-4">
      <p className="line-clamp-3 rounded-xl bg-mist p-3 wrap-anywhere whitespace-pre-line">{text}</p>
      <Field label="Name for this text" maxLength={80} value={title} errors={problem?.fields.title} onChange={(event) => setTitle(event.target.value)} />
      {problem && !problem.fields.title && <ErrorNote problem={problem} />}
      <Button type="submit" tone="secondary" disabled={!title.trim()}>
        Keep this text
      </Button>
    </form>
  );
}

export function SavedReplies({ text, onChoose }: Props) {
  const dispatch = useAppDispatch();
  const [open, setOpen] = useState(false);
  const { replies, loaded } = useAppSelector(selectSavedReplies);
  useEffect(() => {
    if (open && !loaded) void dispatch(fetchSavedReplies());
  }, [dispatch, open, loaded]);
  const choose = (chosen: string) => {
    onChoose(chosen);
    setOpen(false);
  };
  return (
    <>
      <Button tone="quiet" onClick={() => setOpen(true)}>
        Saved replies
      </Button>
      {open && (
        <Dialog title="Saved replies" onClose={() => setOpen(false)}>
          <div className="space-y-4">
            {loaded && replies.length === 0 && <p className="text-muted">None yet. Write a text that you send often, and keep it here.</p>}
            <ul aria-label="Saved replies" className="divide-y divide-line">
              {replies.map((reply) => (
                <li key={reply.id} className="flex items-center gap-2 py-1">
                  <button type="button" onClick={() => choose(reply.text)} className="min-w-0 flex-1 rounded-xl p-2 text-left hover:bg-mist">
                    <b className="block font-semibold wrap-anywhere">{reply.title}</b>
                    <span className="block truncate text-sm text-muted">{reply.text}</span>
                  </button>
                  <IconButton icon="trash" label={`Delete: ${reply.title}`} onClick={() => dispatch(deleteSavedReply(reply.id))} />
                </li>
              ))}
            </ul>
            {text.trim() && <KeepForm text={text.trim()} />}
          </div>
        </Dialog>
      )}
    </>
  );
}
