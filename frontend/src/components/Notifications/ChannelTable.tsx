import type { Channel, NotificationChoice, NotificationSettings } from '../../api/wire';

const channels: [Channel, string][] = [
  ['feed', 'Feed'],
  ['email', 'E-mail'],
];

interface Props {
  kinds: NotificationSettings['kinds'];
  choice: NotificationChoice;
  onToggle: (kind: string, channel: Channel) => void;
}

/** A checkbox for each kind and channel, named by both. What is fixed, or off with all e-mails, cannot be changed. */
export function ChannelTable({ kinds, choice, onToggle }: Props) {
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">What you are notified about, and where</caption>
      <thead>
        <tr className="border-b border-line text-sm">
          <th scope="col" className="py-2 text-left font-semibold">
            When
          </th>
          {channels.map(([channel, label]) => (
            <th key={channel} scope="col" className="w-16 py-2 text-center font-semibold sm:w-24">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, label, fixed }) => (
          <tr key={kind} className="border-b border-line last:border-0">
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {label}
            </th>
            {channels.map(([channel, name]) => (
              <td key={channel} className="text-center">
                <label className="inline-grid size-11 cursor-pointer place-items-center has-disabled:cursor-not-allowed">
                  <input
                    type="checkbox"
                    aria-label={`${label}: ${name}`}
                    checked={Boolean(choice.matrix[kind]?.[channel]) && (channel !== 'email' || choice.email)}
                    disabled={fixed.includes(channel) || (channel === 'email' && !choice.email)}
                    onChange={() => onToggle(kind, channel)}
                    className="size-5 accent-pine-700"
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
