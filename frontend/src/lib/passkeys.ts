/** Passkeys by the browser (WebAuthn): what it takes and gives, as the API writes it. */
import { problem, type ApiProblem } from '../api/problem';
import type { NewPasskey, PasskeyChallenge, PasskeyCreation, UsedPasskey } from '../api/wire';

const toBytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

const toText = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const knowsPasskeys = () => typeof window.PublicKeyCredential === 'function';

/** Whether the browser offers passkeys among what it fills a field with. */
export const fillsInPasskeys = async () => knowsPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;

export async function makePasskey(creation: PasskeyCreation): Promise<Omit<NewPasskey, 'name'>> {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(creation.challenge),
      rp: { id: creation.domain, name: 'Staywell' },
      user: { id: toBytes(creation.user_handle), name: creation.user_name, displayName: creation.user_name },
      pubKeyCredParams: creation.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: creation.known.map(({ id, transports }) => ({ type: 'public-key', id: toBytes(id), transports: transports as AuthenticatorTransport[] })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      timeout: creation.seconds * 1000,
    },
  });
  const response = (made as PublicKeyCredential).response as AuthenticatorAttestationResponse;
  return { client_data: toText(response.clientDataJSON), attestation: toText(response.attestationObject), transports: response.getTransports() };
}

interface Asking {
  /** Waits among what the browser fills in, instead of asking at once. */
  fillsIn?: boolean;
  signal?: AbortSignal;
}

export async function askForPasskey({ challenge, domain, seconds }: PasskeyChallenge, { fillsIn, signal }: Asking = {}): Promise<UsedPasskey> {
  const used = (await navigator.credentials.get({
    mediation: fillsIn ? 'conditional' : 'optional',
    signal,
    publicKey: { challenge: toBytes(challenge), rpId: domain, userVerification: 'required', timeout: seconds * 1000 },
  })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    credential_id: toText(used.rawId),
    client_data: toText(response.clientDataJSON),
    authenticator_data: toText(response.authenticatorData),
    signature: toText(response.signature),
    user_handle: toText(response.userHandle ?? new ArrayBuffer(0)),
  };
}

const SENTENCES: Record<string, string> = {
  InvalidStateError: 'This device has a passkey of your account already.',
  SecurityError: 'Passkeys do not work at this address. Open Staywell at its own name.',
  NotSupportedError: 'This device cannot keep passkeys. Try another one.',
};

/** What a person reads where the browser gave none: they may have closed its window. */
export const passkeyProblem = (error: unknown): ApiProblem =>
  problem('PASSKEY', (error instanceof Error && SENTENCES[error.name]) || 'No passkey was used. Try again, or use another way.');
