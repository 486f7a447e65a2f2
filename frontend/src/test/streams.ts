import { waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect } from 'vitest';
import type { NotificationItem } from '../api/wire';
import { pageOf, server } from './server';
import { http } from './http';

interface Connection {
  token: string | null;
  lastEventId: string | null;
  send: (text: string) => void;
  end: () => void;
}

/** The API's feed and its stream: every connection that was opened, with what came along. */
export class Streams {
  opened: Connection[] = [];
  polls = 0;

  constructor(feed: NotificationItem[] = []) {
    server.use(
      http.get('*/api/notifications', () => {
        this.polls += 1;
        return HttpResponse.json({ ...pageOf(feed), unread: feed.length });
      }),
      http.get('*/api/notifications/stream', ({ request: { headers } }) => {
        const encoder = new TextEncoder();
        const start = (controller: ReadableStreamDefaultController) => {
          this.opened.push({
            token: headers.get('authorization'),
            lastEventId: headers.get('last-event-id'),
            send: (text) => controller.enqueue(encoder.encode(text)),
            end: () => controller.close(),
          });
        };
        return new HttpResponse<never>(new ReadableStream({ start }) as never, { headers: { 'Content-Type': 'text/event-stream' } });
      }),
    );
  }

  async connection(number: number): Promise<Connection> {
    await waitFor(() => expect(this.opened).toHaveLength(number));
    const found = this.opened[number - 1];
    if (!found) throw new Error('It was not opened');
    return found;
  }
}
