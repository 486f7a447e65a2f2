import { useEffect, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectCheckout } from '../store/slices/checkoutSlice';
import { fetchPaymentMethods } from '../store/slices/checkoutThunks';

/** The ways to pay and the one that is chosen: the first one, until another is. */
export function usePaymentMethods() {
  const dispatch = useAppDispatch();
  const { payment, paymentError } = useAppSelector(selectCheckout);
  const [chosen, choose] = useState('');
  const known = payment !== null;
  useEffect(() => {
    if (known) return;
    const asked = dispatch(fetchPaymentMethods());
    return () => asked.abort();
  }, [dispatch, known]);
  const method = chosen || payment?.methods[0]?.id || '';
  return { payment, paymentError, method, choose, reload: () => void dispatch(fetchPaymentMethods()) };
}

export type PaymentPicker = ReturnType<typeof usePaymentMethods>;
