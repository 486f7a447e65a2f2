import { useAppSelector } from '../../store/hooks';
import { selectCheckout } from '../../store/slices/checkoutSlice';
import { Button } from '../Common/Button';
import { Dialog } from '../Common/Dialog';

interface Props {
  amount: string;
  url: string | null;
  busy: boolean;
  /** `ask` is false where the guest has told their bank elsewhere. */
  onAnswer: (approve: boolean, ask?: boolean) => void;
  onClose: () => void;
}

export function BankDialog({ amount, url, busy, onAnswer, onClose }: Props) {
  const elsewhere = useAppSelector(selectCheckout).payment?.provider === 'stripe';
  return (
    <Dialog title="Your bank wants to confirm" onClose={onClose}>
      <div className="space-y-4">
        <p>
          Is it you who pays <b>{amount}</b> to Staywell?
        </p>
        {elsewhere && (
          <p className="text-muted">
            Confirm it with your bank through Stripe, then come back here.{' '}
            {url?.startsWith('https://') && (
              <a href={url} target="_blank" rel="noreferrer" className="font-semibold text-pine-700 underline underline-offset-4">
                Open your bank’s page
              </a>
            )}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" busy={busy} onClick={() => onAnswer(false, !elsewhere)}>
            Refuse
          </Button>
          <Button busy={busy} onClick={() => onAnswer(true, !elsewhere)}>
            {elsewhere ? 'I have confirmed it' : 'Approve'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
