import { useEffect, useState } from 'react';
import type { Enrolment } from '../api/wire';
import { ErrorNote } from '../components/Common/ErrorNote';
import { LoadingSpinner } from '../components/Common/LoadingSpinner';
import { RequireAccount } from '../components/Common/RequireAccount';
import { EnrolmentForm } from '../components/Security/EnrolmentForm';
import { Passkeys } from '../components/Security/Passkeys';
import { RecoveryCodes } from '../components/Security/RecoveryCodes';
import { SwitchOffForm } from '../components/Security/SwitchOffForm';
import { SwitchOnForm } from '../components/Security/SwitchOnForm';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchSecondFactor, selectSecondFactor } from '../store/slices/secondFactorSlice';

/** Secret and recovery codes live here alone, as long as they are on the screen. */
function MySecondFactor() {
  const dispatch = useAppDispatch();
  const { factor, error } = useAppSelector(selectSecondFactor);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  useEffect(() => {
    const asked = dispatch(fetchSecondFactor());
    return () => asked.abort();
  }, [dispatch]);

  const isOn = async () => {
    await dispatch(fetchSecondFactor());
    setCodes(null);
    setEnrolment(null);
  };

  if (codes) return <RecoveryCodes codes={codes} onKept={isOn} />;
  if (enrolment) return <EnrolmentForm enrolment={enrolment} onDone={setCodes} />;
  if (error) return <ErrorNote problem={error} onRetry={() => dispatch(fetchSecondFactor())} />;
  if (!factor) return <LoadingSpinner label="Loading your security settings" />;
  return factor.is_on ? <SwitchOffForm factor={factor} /> : <SwitchOnForm onBegun={setEnrolment} />;
}

export const SecurityPage = () => (
  <RequireAccount>
    <div className="mx-auto max-w-2xl space-y-5 px-4 py-8">
      <title>Security · Staywell</title>
      <h1 className="text-3xl font-bold">Security</h1>
      <Passkeys />
      <MySecondFactor />
    </div>
  </RequireAccount>
);
