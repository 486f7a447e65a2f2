import { useState } from 'react';
import { isUnsettled, problem, type ApiProblem } from '../api/problem';
import type { PaymentChoice } from '../api/wire';
import { useAppDispatch } from '../store/hooks';
import { confirmPayment } from '../store/slices/checkoutThunks';
import { useAttemptKey } from './useAttemptKey';

interface Outcome<Result> {
  onDone: (result: Result) => void;
  onRefused?: (failure: ApiProblem) => void;
}

interface Approved {
  sent: string;
  paymentId: string;
}

const NOT_CONFIRMED = 'Your bank did not confirm this payment, and nothing was charged. Choose another card or try again.';
const approvedStates = ['authorised', 'captured'];

/** Without the method: an authorised payment has its own. JSON leaves out what is undefined. */
const withPayment = <Body extends PaymentChoice>(body: Body, paymentId: string): Body => ({ ...body, payment_method: undefined, payment_id: paymentId });

/** A call that takes a payment: it may be declined, or a bank may first ask the guest, and then it is sent once more. `call` throws an ApiProblem. */
export function usePaidCall<Body extends PaymentChoice, Result>(call: (body: Body, key: string) => Promise<Result>, { onDone, onRefused }: Outcome<Result>) {
  const dispatch = useAppDispatch();
  const attempt = useAttemptKey();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const [bank, setBank] = useState<{ body: Body; paymentId: string; url: string | null } | null>(null);
  const [approved, setApproved] = useState<Approved | null>(null);

  const refuse = (refused: ApiProblem) => {
    setFailure(refused);
    onRefused?.(refused);
  };

  const post = async (original: Body, paid: Approved | null) => {
    const body = paid ? withPayment(original, paid.paymentId) : original;
    setSending(true);
    setFailure(null);
    try {
      const result = await call(body, attempt.keyFor(body));
      attempt.settled(null);
      onDone(result);
    } catch (error) {
      const refused = error as ApiProblem;
      attempt.settled(refused);
      if (!isUnsettled(refused)) setApproved(null);
      const { payment_id: paymentId, confirm_url: url } = refused.details;
      if (refused.code === 'PAYMENT_ACTION_REQUIRED' && paymentId) setBank({ body: original, paymentId, url: url ?? null });
      else refuse(refused);
    } finally {
      setSending(false);
    }
  };

  const send = (body: Body) => post(body, approved?.sent === JSON.stringify(body) ? approved : null);

  /** After the bank: `ask` tells our API the guest's answer; without it the guest has answered elsewhere. */
  const answerBank = async (approve: boolean, ask = true) => {
    if (!bank) return;
    const { body, paymentId } = bank;
    setSending(true);
    setFailure(null);
    const answer = ask ? await dispatch(confirmPayment({ id: paymentId, approve })) : null;
    setSending(false);
    setBank(null);
    if (answer && confirmPayment.rejected.match(answer)) return refuse(answer.payload ?? problem('UNEXPECTED', NOT_CONFIRMED));
    if (!approve || (answer && !approvedStates.includes(answer.payload.status))) return refuse(problem('PAYMENT_DECLINED', NOT_CONFIRMED));
    const paid = { sent: JSON.stringify(body), paymentId };
    setApproved(paid);
    await post(body, paid);
  };

  return { send, sending, problem: failure, bank, answerBank, leaveBank: () => setBank(null) };
}
