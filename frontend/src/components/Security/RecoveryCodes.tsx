import { Button } from '../Common/Button';

interface Props {
  codes: string[];
  onKept: () => void;
}

export const RecoveryCodes = ({ codes, onKept }: Props) => (
  <section aria-label="Recovery codes" className="card space-y-4 p-5 sm:p-6">
    <h2 className="text-xl font-semibold">Keep your recovery codes</h2>
    <p className="text-muted">The second factor is on. Each of these codes lets you in once, without your phone. They are shown only now: keep them in a safe place.</p>
    <ul className="grid gap-2 rounded-xl border border-line p-4 font-mono sm:grid-cols-2">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
    <Button onClick={onKept}>I have kept them</Button>
  </section>
);
