import type { BookingAction } from '../store/slices/bookingThunks';

export type PromptAction = 'accept' | 'agree';
/** Those that ask first, and take a reason. */
export type AskedAction = 'decline' | 'cancel' | 'refuse' | 'withdraw';

interface ActionText {
  button: string;
  question: string;
  consequence: string;
  confirm: string;
  done: string;
}

export const doneTexts: Record<BookingAction, string> = {
  accept: 'Accepted. The guest will be notified.',
  agree: 'Agreed. The stay is changed, and the guest will be notified.',
  decline: 'Declined. The nights are free again.',
  cancel: 'Cancelled. The nights are free again.',
  refuse: 'Refused. The stay remains as it was.',
  withdraw: 'Withdrawn. The stay remains as it was.',
};

export const buttonTexts: Record<PromptAction, string> = { accept: 'Accept', agree: 'Agree to the change' };

export const askedTexts: Record<AskedAction, Omit<ActionText, 'done'>> = {
  decline: {
    button: 'Decline',
    question: 'Decline this request?',
    consequence: 'The guest is notified and pays nothing, and the nights are free again. This cannot be undone.',
    confirm: 'Decline request',
  },
  cancel: {
    button: 'Cancel booking',
    question: 'Cancel this booking?',
    consequence: 'The other side is notified, and the nights are free again. This cannot be undone.',
    confirm: 'Yes, cancel it',
  },
  refuse: {
    button: 'Refuse the change',
    question: 'Refuse this change?',
    consequence: 'The guest is notified, and the stay remains as booked.',
    confirm: 'Refuse change',
  },
  withdraw: {
    button: 'Withdraw the change',
    question: 'Withdraw this change?',
    consequence: 'The host is notified, and your stay remains as booked.',
    confirm: 'Withdraw change',
  },
};
