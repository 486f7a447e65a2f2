import type { Blocker } from 'react-router';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';

export function LeaveDialog({ blocker }: { blocker: Blocker }) {
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog title="Leave without saving?" onClose={blocker.reset}>
      <p className="text-muted">Your changes have not been saved and would be lost.</p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button tone="danger" onClick={blocker.proceed}>
          Leave and lose it
        </Button>
        <Button onClick={blocker.reset}>Stay here</Button>
      </div>
    </Dialog>
  );
}
