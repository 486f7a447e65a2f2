import { fireEvent } from '@testing-library/react';

/** A field's whole text at once: letter by letter takes seconds on a busy machine. */
export const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

/** Presses a day of an open calendar. */
export function pressDay(day: string, within: ParentNode = document) {
  const button = within.querySelector<HTMLElement>(`[data-day="${day}"]`);
  if (!button) throw new Error(`${day} is not in the calendar`);
  fireEvent.click(button);
}
