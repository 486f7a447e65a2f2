import { createParser } from 'eventsource-parser';
import type { NotificationItem } from './wire';

// The server says something every 15 s: after three times nothing the connection is taken for dead.
const SILENCE_MS = 45_000;

export type FeedEvent =
  | { name: 'notification'; data: NotificationItem }
  | { name: 'unread'; data: { unread: number; read: string[] } }
  | { name: 'ready'; data: { unread: number; resumed: boolean } };

export class StreamRefused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfterMs: number | null,
  ) {
    super(`The stream was refused with ${status}`);
  }
}

interface Options {
  token: string;
  lastEventId: string | null;
  signal: AbortSignal;
  onEvent: (event: FeedEvent, id: string | undefined) => void;
  onRetry: (ms: number) => void;
}

/** Reads the live feed until it ends; by fetch, since an EventSource sends no Authorization header. */
export async function readFeedStream({ token, lastEventId, signal, onEvent, onRetry }: Options): Promise<void> {
  const headers: Record<string, string> = { Accept: 'text/event-stream', Authorization: `Bearer ${token}` };
  if (lastEventId) headers['Last-Event-ID'] = lastEventId;
  const silence = new AbortController();
  const hang = () => silence.abort(new Error('The stream fell silent'));
  let timer = setTimeout(hang, SILENCE_MS);
  const parser = createParser({
    onEvent: ({ event, data, id }) => onEvent({ name: event, data: JSON.parse(data) } as FeedEvent, id),
    onRetry,
  });
  const over = AbortSignal.any([signal, silence.signal]);
  try {
    const response = await fetch('/api/notifications/stream', { headers, cache: 'no-store', signal: over });
    if (!response.ok || !response.body) {
      const seconds = Number(response.headers.get('Retry-After'));
      throw new StreamRefused(response.status, seconds > 0 ? seconds * 1000 : null);
    }
    const reader = response.body.getReader();
    over.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      over.throwIfAborted();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(hang, SILENCE_MS);
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(timer);
  }
}
