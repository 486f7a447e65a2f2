import type { FormApi } from './formApi';
import { FormSection } from './FormSection';

export function VisibilitySection({ form: { draft, change }, suspended }: { form: FormApi; suspended: boolean }) {
  return (
    <FormSection title="Visibility" hint="A withdrawn listing keeps its bookings, but nobody finds it.">
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input type="checkbox" className="size-5 accent-pine-700" checked={draft.is_active} disabled={suspended} onChange={(event) => change({ is_active: event.target.checked })} />
        <span className="font-semibold">Published: travelers can find and ask for it</span>
      </label>
      {suspended && <p className="text-rose-800">Suspended by Staywell: our support can restore it.</p>}
    </FormSection>
  );
}
