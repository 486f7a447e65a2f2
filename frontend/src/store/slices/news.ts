import type { PayloadAction, UnknownAction } from '@reduxjs/toolkit';
import type { NotificationItem } from '../../api/wire';

export const SLICE = 'notifications';
export const POLL = `${SLICE}/poll`;
const NEWS: unknown[] = [`${POLL}/fulfilled`, `${SLICE}/itemReceived`];

/** Both ways in which news comes; the payload's `fresh` is what was not known before. The slice itself comes with a login. */
export const isNews = (action: UnknownAction): action is PayloadAction<{ fresh: NotificationItem[] }> => NEWS.includes(action.type);
