import { changedNames, draftLabels, type ListingDraft } from '../../../lib/listingDraft';
import { Button } from '../../Common/Button';
import { Icon } from '../../Common/Icon';

interface Props {
  base: ListingDraft;
  mine: ListingDraft;
  theirs: ListingDraft;
  onResolve: (keepMine: boolean) => void;
}

const shown = (value: ListingDraft[keyof ListingDraft]) => {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'object' ? item.name : item)).join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null || value === '' ? 'empty' : String(value);
};

/** Somebody else saved first: nothing is overwritten and nothing typed is lost until the owner decides. */
export function ConflictNote({ base, mine, theirs, onResolve }: Props) {
  const [here, there] = [changedNames(base, mine), changedNames(base, theirs)];
  const both = there.filter((name) => here.includes(name) && shown(mine[name]) !== shown(theirs[name]));
  const labels = (names: typeof here) => names.map((name) => draftLabels[name]).join(', ');
  return (
    <section role="alert" aria-label="A newer version" className="space-y-3 rounded-card border border-apricot-500 bg-apricot-100 p-5 text-apricot-800">
      <h2 className="flex items-center gap-2 text-lg font-bold">
        <Icon name="warning" /> This listing was changed somewhere else in the meantime
      </h2>
      <p>
        {there.length > 0 ? <>Changed there: {labels(there)}. </> : 'Its photos or its state changed there. '}
        {here.length > 0 && <>Changed here and not saved: {labels(here)}.</>}
      </p>
      {both.length > 0 && (
        <table className="w-full table-fixed rounded-xl bg-surface text-left text-sm text-ink">
          <caption className="pb-2 text-left font-semibold text-apricot-800">Changed on both sides</caption>
          <thead>
            <tr className="[&>*]:p-2">
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">The newer version</th>
            </tr>
          </thead>
          <tbody>
            {both.map((name) => (
              <tr key={name} className="border-t border-line align-top wrap-anywhere [&>*]:p-2">
                <th scope="row">{draftLabels[name]}</th>
                <td>{shown(mine[name])}</td>
                <td>{shown(theirs[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onResolve(true)}>Load the newer version, keep my changes</Button>
        <Button tone="secondary" onClick={() => onResolve(false)}>
          Load it and discard my changes
        </Button>
      </div>
    </section>
  );
}
