import type { BookingAction } from '../../store/slices/bookingThunks';

interface ActionText {
  button: string;
  question: string;
  consequence: string;
  confirm: string;
  done: string;
}

export const actionTexts: Record<BookingAction, ActionText> = {
  accept: { button: 'Accept', question: '', consequence: '', confirm: '', done: 'Accepted. The guest is told right away.' },
  decline: {
    button: 'Decline',
    question: 'Decline this request?',
    consequence: 'The guest is told and the nights are free again. This cannot be undone.',
    confirm: 'Decline request',
    done: 'Declined. The nights are free again.',
  },
  cancel: {
    button: 'Cancel booking',
    question: 'Cancel this booking?',
    consequence: 'The other side is told and the nights are free again. This cannot be undone.',
    confirm: 'Yes, cancel it',
    done: 'Cancelled. The nights are free again.',
  },
};
