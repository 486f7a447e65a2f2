import type { ApiProblem } from '../../../api/problem';
import { Button } from '../../Common/Button';
import { Dialog } from '../../Common/Dialog';
import { ErrorNote } from '../../Common/ErrorNote';

interface Props {
  isRenewed: boolean;
  busy: boolean;
  problem: ApiProblem | null;
  onAct: () => void;
  onClose: () => void;
}

export function EndAddressDialog({ isRenewed, busy, problem, onAct, onClose }: Props) {
  return (
    <Dialog title={isRenewed ? 'Make a new address?' : 'End this address?'} onClose={onClose}>
      <div className="space-y-4">
        <p className="text-muted">
          Sites that have the address of today can no longer read it, and may sell nights that are taken here.
          {isRenewed && ' Give them the new one.'}
        </p>
        {problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Keep it
          </Button>
          <Button tone="danger" busy={busy} onClick={onAct}>
            {isRenewed ? 'Make a new one' : 'End it'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
