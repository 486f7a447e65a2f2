import { isAxiosError } from 'axios';
import type { Alternative, BookedStay, ErrorDetails, ErrorReply } from './wire';

/** What the rest of the application knows about a failed call. `NETWORK`: no answer came back at all. */
export interface ApiProblem {
  code: string;
  message: string;
  status: number | null;
  requestId: string | null;
  fields: Record<string, string[]>;
  nights: string[];
  /** Bookings that stand in the way. */
  bookings?: BookedStay[];
  /** Other dates that would do. */
  alternatives: Alternative[];
  details: ErrorDetails;
}

/** A gateway's answer may have nothing of it. */
type ErrorBody = { error?: Partial<ErrorReply['error']> };

const UNREACHABLE = 'Staywell cannot be reached right now. Check your connection and try again.';
const UNREADABLE = 'Something went wrong on our side. Try again in a moment.';
const GATEWAY_STATUSES = [502, 504];

/** One that was made here, without an answer of the API. */
export const problem = (code: string, message: string, status: number | null = null): ApiProblem => ({
  code,
  message,
  status,
  requestId: null,
  fields: {},
  nights: [],
  alternatives: [],
  details: {},
});

export function toProblem(error: unknown): ApiProblem {
  if (!isAxiosError<ErrorBody>(error)) return problem('UNEXPECTED', UNREADABLE);
  const { response } = error;
  if (!response || (GATEWAY_STATUSES.includes(response.status) && !response.data?.error))
    return problem('NETWORK', UNREACHABLE, response?.status ?? null);
  const body = response.data?.error;
  const details: ErrorDetails = body?.details ?? {};
  const headerId: unknown = response.headers['x-request-id'];
  return {
    code: body?.code ?? 'UNEXPECTED',
    message: body?.message ?? UNREADABLE,
    status: response.status,
    requestId: body?.request_id ?? (typeof headerId === 'string' ? headerId : null),
    fields: body?.fields ?? {},
    nights: details.nights ?? [],
    bookings: details.bookings,
    alternatives: details.alternatives ?? [],
    details,
  };
}

/** True while the server may or may not have acted: the same submission can be sent again under its key. */
export const isUnsettled = (p: ApiProblem) =>
  p.code === 'NETWORK' || p.code === 'IDEMPOTENCY_IN_FLIGHT' || p.status === null || p.status >= 500 || p.status === 429;

/** The price that was shown does not count any more: it is to be asked for again. */
export const isOtherPrice = ({ code }: ApiProblem) => code === 'PRICE_CHANGED' || code.startsWith('QUOTE_');
