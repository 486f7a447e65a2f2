import { useState } from 'react';
import { useAppDispatch } from '../../store/hooks';
import { updateListing } from '../../store/slices/hostingThunks';
import { messageShown } from '../../store/slices/messageSlice';
import { Button } from '../Common/Button';

interface Props {
  listing: { id: string; version: number; is_active: boolean };
  onChanged: () => void;
}

const STALE = 'This listing has changed in the meantime. You now see the newest version: try again.';

export function PublishButton({ listing: { id, version, is_active: published }, onChanged }: Props) {
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);

  const turn = async () => {
    setBusy(true);
    const answer = await dispatch(updateListing({ id, version, body: { is_active: !published } }));
    setBusy(false);
    const problem = answer.payload && 'code' in answer.payload ? answer.payload : null;
    if (updateListing.fulfilled.match(answer))
      dispatch(messageShown({ tone: 'success', text: published ? 'Withdrawn: travelers no longer find it.' : 'Published: travelers can find it now.' }));
    else if (problem) dispatch(messageShown({ tone: 'error', text: problem.status === 412 ? STALE : problem.message, requestId: problem.requestId }));
    if (updateListing.fulfilled.match(answer) || problem?.status === 412) onChanged();
  };

  return (
    <Button tone="secondary" busy={busy} onClick={turn}>
      {published ? 'Withdraw' : 'Publish'}
    </Button>
  );
}
