import { useId, useState } from 'react';
import type { AmenityKind, Facets } from '../../../../api/wire';
import { Button } from '../../../../components/Common/Button';
import { toggled } from '../../../../lib/preferences';
import { humanise } from '../../../../lib/text';
import { countOf } from '../../state/counts';
import { CountedCheck } from './CountedCheck';

interface Props {
  kinds: AmenityKind[];
  chosen: string[];
  facets: Facets | undefined;
  onChange: (chosen: string[]) => void;
}

const COMMON = ['wifi', 'kitchen', 'air_conditioning', 'heating', 'washer', 'pool', 'hot_tub', 'free_parking', 'workspace', 'tv', 'gym', 'pets_allowed'];
/** These have a place of their own in the dialog. */
const ELSEWHERE = ['self_check_in'];

const isSame = (name: string, kind: AmenityKind) => name.toLowerCase() === kind.name.toLowerCase() || name === kind.id;

/** Names as people write them, for that is what a search takes. */
export function AmenitySection({ kinds, chosen, facets, onChange }: Props) {
  const id = useId();
  const [all, setAll] = useState(false);
  const offered = kinds.filter((kind) => kind.group !== 'accessibility' && !ELSEWHERE.includes(kind.id));
  const own = chosen.filter((name) => !offered.some((kind) => isSame(name, kind)));
  const nameOf = (kind: AmenityKind) => chosen.find((name) => isSame(name, kind)) ?? kind.name;
  const counted = (kind: AmenityKind) => countOf(facets?.amenities, kind.id);
  const shown = offered.filter((kind) => chosen.includes(nameOf(kind)) || (all ? counted(kind) !== 0 : COMMON.includes(kind.id)));
  const groups = all ? [...new Set(shown.map(({ group }) => group))] : [''];
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-1 font-bold">
        Amenities
      </h3>
      {groups.map((group) => (
        <div key={group}>
          {group && <h4 className="mt-3 mb-1 px-2 text-sm font-semibold text-muted">{humanise(group)}</h4>}
          <ul className="grid gap-x-4 sm:grid-cols-2">
            {!group && own.map((name) => (
              <li key={name}>
                <CountedCheck label={humanise(name)} checked count={undefined} onToggle={() => onChange(toggled(chosen, name))} />
              </li>
            ))}
            {shown
              .filter((kind) => !group || kind.group === group)
              .map((kind) => (
                <li key={kind.id}>
                  <CountedCheck label={kind.name} checked={chosen.includes(nameOf(kind))} count={counted(kind)} onToggle={() => onChange(toggled(chosen, nameOf(kind)))} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      <Button tone="quiet" className="mt-1" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show the common ones' : 'Show all amenities'}
      </Button>
    </section>
  );
}
