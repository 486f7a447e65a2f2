import type { AxiosResponse } from 'axios';
import { toProblem } from '../../api/problem';
import type { Hold, HoldRequest, Payment, PaymentMethods } from '../../api/wire';
import { apiThunk } from '../apiThunk';

export interface HoldsAnswer {
  holds: Hold[];
  /** Milliseconds that the API's clock is ahead of this one. */
  clockAhead: number;
}

function clockAhead({ headers }: AxiosResponse): number {
  const sent: unknown = headers.date;
  const at = typeof sent === 'string' ? Date.parse(sent) : NaN;
  return Number.isNaN(at) ? 0 : at - Date.now();
}

export const fetchHolds = apiThunk<HoldsAnswer>('checkout/holds', async (_, { api, signal }) => {
  const answer = await api.get('/bookings/holds', { signal });
  return { holds: answer.data.results, clockAhead: clockAhead(answer) };
});

export const placeHold = apiThunk<{ hold: Hold; clockAhead: number }, { body: HoldRequest; key: string }>(
  'checkout/hold',
  async ({ body, key }, { api }) => {
    const answer = await api.post('/bookings/holds', body, { headers: { 'Idempotency-Key': key } });
    return { hold: answer.data, clockAhead: clockAhead(answer) };
  },
);

/** A hold that is over is released already. */
export const releaseHold = apiThunk<string, string>(
  'checkout/release',
  async (id, { api }) => {
    try {
      await api.delete(`/bookings/holds/${id}`);
    } catch (error) {
      if (toProblem(error).status !== 404) throw error;
    }
    return id;
  },
  { announce: true },
);

export const fetchPaymentMethods = apiThunk<PaymentMethods>('checkout/methods', async (_, { api, signal }) => {
  const { data } = await api.get('/bookings/payments/methods', { signal });
  return data;
});

/** What the guest tells their bank, where the bank asked. */
export const confirmPayment = apiThunk<Payment, { id: string; approve: boolean }>(
  'checkout/confirm',
  async ({ id, approve }, { api }) => {
    const { data } = await api.post(`/bookings/payments/${id}/confirm`, { approve });
    return data;
  },
);
