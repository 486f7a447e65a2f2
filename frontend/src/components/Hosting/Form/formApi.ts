import type { ChangeEvent } from 'react';
import type { DraftName, ListingDraft } from '../../../lib/listingDraft';

type TextName = { [Name in DraftName]: ListingDraft[Name] extends string ? Name : never }[DraftName];

/** What each section of the listing form works with. */
export interface FormApi {
  draft: ListingDraft;
  change: (patch: Partial<ListingDraft>) => void;
  errors: Partial<Record<DraftName, string[]>>;
}

export const bindText = ({ draft, change, errors }: FormApi, name: TextName) => ({
  name,
  value: draft[name],
  errors: errors[name],
  onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) => change({ [name]: event.target.value }),
});
