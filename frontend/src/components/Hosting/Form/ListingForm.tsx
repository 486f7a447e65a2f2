import { useEffect, useRef, type FormEvent } from 'react';
import type { OwnListing } from '../../../api/wire';
import { useListingForm } from '../../../hooks/useListingForm';
import { useUnsavedGuard } from '../../../hooks/useUnsavedGuard';
import { draftOf } from '../../../lib/listingDraft';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';
import { LeaveDialog } from '../LeaveDialog';
import { AmenitiesSection } from './AmenitiesSection';
import { ChoiceSection } from './ChoiceSection';
import { BasicsSection } from './BasicsSection';
import { ConflictNote } from './ConflictNote';
import { PlaceSection } from './PlaceSection';
import { PriceSection } from './PriceSection';
import { RoomsSection } from './RoomsSection';
import { RulesSection } from './RulesSection';
import { VisibilitySection } from './VisibilitySection';

interface Props {
  listing: OwnListing | null;
  onSaved: (saved: OwnListing) => void;
}

export function ListingForm({ listing, onSaved }: Props) {
  const form = useListingForm(listing);
  const { blocker, allow } = useUnsavedGuard(form.dirty);
  const element = useRef<HTMLFormElement>(null);
  const refused = useRef(false);
  const wrong = Object.keys(form.errors).length;

  useEffect(() => {
    if (!refused.current || form.saving) return;
    refused.current = false;
    const first = element.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    first?.scrollIntoView?.({ block: 'center' });
    first?.focus({ preventScroll: true });
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    refused.current = true;
    const saved = await form.save();
    if (!saved) return;
    refused.current = false;
    if (!listing) allow();
    onSaved(saved);
  };

  return (
    <>
      <form ref={element} onSubmit={submit} noValidate aria-label={listing ? 'Details of the listing' : 'New listing'} className="space-y-5">
        {form.newer && <ConflictNote base={form.base} mine={form.draft} theirs={draftOf(form.newer)} onResolve={form.settle} />}
        <BasicsSection form={form} />
        <PlaceSection form={form} listing={listing} />
        <RoomsSection form={form} />
        <AmenitiesSection form={form} />
        <PriceSection form={form} />
        <RulesSection form={form} />
        <ChoiceSection form={form} />
        <VisibilitySection form={form} suspended={listing?.is_suspended ?? false} />
        {form.problem && <ErrorNote problem={form.problem} />}
        <div className="sticky bottom-0 z-[1040] -mx-4 flex flex-wrap items-center justify-end gap-3 border-t border-line bg-canvas/95 px-4 py-3 backdrop-blur">
          <p aria-live="polite" className="mr-auto text-sm text-muted">
            {wrong > 0 ? `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} another look.` : form.dirty ? 'Not saved yet.' : listing ? 'All saved.' : ''}
          </p>
          <Button type="submit" busy={form.saving} disabled={form.newer !== null || (listing !== null && !form.dirty)}>
            {listing ? 'Save changes' : 'Create listing'}
          </Button>
        </div>
      </form>
      <LeaveDialog blocker={blocker} />
    </>
  );
}
