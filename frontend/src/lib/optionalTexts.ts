import type { OwnListing } from '../api/wire';

/** What the form holds as text and may leave empty. An entry here is all that the form needs of such a field. */
export const optionalTexts = {
  check_in_until: { label: 'Check-in until', hint: 'Empty: guests may arrive at any hour.', type: 'time' },
} as const;

export type OptionalName = keyof typeof optionalTexts;
export type OptionalTexts = Record<OptionalName, string>;

export const optionalNames = Object.keys(optionalTexts) as OptionalName[];

const ofEach = <Value>(value: (name: OptionalName) => Value) =>
  Object.fromEntries(optionalNames.map((name) => [name, value(name)])) as Record<OptionalName, Value>;

export const optionalLabels = ofEach((name): string => optionalTexts[name].label);
export const newOptionalTexts = (): OptionalTexts => ofEach(() => '');
export const optionalTextsOf = (listing: OwnListing): OptionalTexts => ofEach((name) => listing[name] ?? '');
export const optionalBodyOf = (draft: OptionalTexts) => ofEach((name) => draft[name].trim() || null);
