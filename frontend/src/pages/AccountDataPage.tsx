import { DeleteCard } from '../components/Account/DeleteCard';
import { ExportCard } from '../components/Account/ExportCard';
import { RequireAccount } from '../components/Common/RequireAccount';

export function AccountDataPage() {
  return (
    <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
      <title>Your data · Staywell</title>
      <h1 className="text-3xl font-bold">Your data and your account</h1>
      <RequireAccount>
        <ExportCard />
        <DeleteCard />
      </RequireAccount>
    </div>
  );
}
