import { useState, type FormEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Hold, Quote } from '../../api/wire';
import { useCheckout } from '../../hooks/useCheckout';
import { usePaymentMethods } from '../../hooks/usePaymentMethods';
import { stayAddress } from '../../lib/filters';
import { formatMoney } from '../../lib/money';
import { StayRefusal } from '../Bookings/StayRefusal';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { TextArea } from '../Common/TextArea';
import { BankDialog } from './BankDialog';
import { PaymentPicker } from './PaymentPicker';

const LONGEST_REQUEST = 1000;

interface Props {
  hold: Hold;
  quote: Quote | null;
}

export function CheckoutForm({ hold, quote }: Props) {
  const navigate = useNavigate();
  const [requests, setRequests] = useState('');
  const picker = usePaymentMethods();
  const { pay, sending, problem, terms, bank, answerBank, leaveBank } = useCheckout(hold, ({ id }) =>
    navigate(`/bookings/${id}`, { replace: true, state: { justRequested: true } }),
  );
  const amount = formatMoney(hold.total_price, hold.currency);
  const instant = quote?.instant_book ?? false;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void pay(picker.method.trim(), requests);
  };

  return (
    <form onSubmit={submit} aria-label="Checkout" className="space-y-6">
      <section aria-labelledby="requests-heading" className="card space-y-3 p-5">
        <h2 id="requests-heading" className="text-lg font-bold">
          For the host
        </h2>
        <TextArea label="Special requests (optional)" rows={3} maxLength={LONGEST_REQUEST} value={requests} onChange={(event) => setRequests(event.target.value)} />
      </section>
      <section aria-labelledby="pay-heading" className="card space-y-4 p-5">
        <h2 id="pay-heading" className="text-lg font-bold">
          How you pay
        </h2>
        <PaymentPicker picker={picker} />
        {problem && (
          <StayRefusal problem={problem} currency={hold.currency} onChoose={(stay) => navigate(stayAddress(hold.listing_id, stay.check_in, stay.check_out, hold.guest_count))} />
        )}
        <p className="text-sm text-muted">
          {instant ? 'Your card is charged now, and the stay is confirmed at once.' : 'The amount is only authorised now. Your card is charged only if the host accepts.'}
        </p>
        {terms.error && !terms.terms && <ErrorNote problem={terms.error} onRetry={() => void terms.load()} />}
        <p className="text-sm">
          By booking you agree to the{' '}
          <Link to="/terms" target="_blank" className="font-semibold text-pine-700 underline underline-offset-4">
            terms of Staywell
          </Link>
          .
        </p>
        <Button type="submit" busy={sending} disabled={!picker.method.trim() || !terms.terms} className="w-full">
          {instant ? 'Book now' : 'Request to book'} · {amount}
        </Button>
      </section>
      {bank && <BankDialog amount={amount} url={bank.url} busy={sending} onAnswer={(approve, ask) => void answerBank(approve, ask)} onClose={leaveBank} />}
    </form>
  );
}
