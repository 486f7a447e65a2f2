import { useState } from 'react';
import type { Amenity } from '../../api/wire';
import { Icon } from '../Common/Icon';
import { Popover } from '../Common/Popover';
import { AmenityPicker } from './AmenityPicker';

interface Props {
  known: Amenity[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** The address, which holds what is chosen, follows a moment later: the boxes do not wait for it. */
export function AmenityFilter({ known, chosen, onChange }: Props) {
  const [draft, setDraft] = useState({ chosen, from: chosen });
  if (draft.from !== chosen) setDraft({ chosen, from: chosen });
  const count = draft.chosen.length;
  const change = (next: string[]) => {
    setDraft({ chosen: next, from: chosen });
    onChange(next);
  };
  return (
    <>
      <span className="mb-1 block text-sm font-semibold" aria-hidden="true">
        Amenities
      </span>
      <Popover
        label={`Amenities: ${count || 'any'}`}
        trigger={
          <>
            {count ? `${count} chosen` : 'Any'} <Icon name="sliders" className="size-5 text-pine-600" />
          </>
        }
        triggerClass="input flex items-center justify-between gap-2 text-left"
        panelClass="top-full left-0 mt-2 max-h-96 w-full overflow-y-auto p-3 sm:w-[26rem]"
      >
        {() => <AmenityPicker known={known} chosen={draft.chosen} onChange={change} />}
      </Popover>
    </>
  );
}
