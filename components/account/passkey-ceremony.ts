'use client';
/** The two ceremonies of passkeys: the browser asks its owner, the server checks. `cancelled` when they changed their mind; `unable` when the browser knows no passkeys. */
import { askSignIn, type SignInFailure } from '#components/account/ask-sign-in.ts';

export type CeremonyFailure = SignInFailure | 'cancelled' | 'known' | 'unable';

/** Browsers since 2025 read and write the JSON of WebAuthn themselves. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

const whyNot = (error: unknown): CeremonyFailure => (error instanceof DOMException && error.name === 'InvalidStateError' ? 'known' : error instanceof DOMException && error.name === 'SecurityError' ? 'unable' : 'cancelled');

async function take<T>(ask: () => Promise<T>): Promise<T | CeremonyFailure> {
  try {
    return await ask();
  } catch (error) {
    return whyNot(error);
  }
}

async function perform(begin: string, end: string, ask: (options: Record<string, unknown>) => Promise<Credential | null>, more: Record<string, unknown>): Promise<CeremonyFailure | null> {
  if (!knowsPasskeys()) return 'unable';
  const options = await askSignIn(begin);
  if (!options.ok) return options.failure;
  const credential = await take(() => ask(options.body));
  if (typeof credential === 'string') return credential;
  if (!(credential instanceof PublicKeyCredential)) return 'cancelled';
  const done = await askSignIn(end, { response: credential.toJSON(), ...more });
  return done.ok ? null : done.failure;
}

/** Null when the passkey is added. */
export const addPasskey = (name: string): Promise<CeremonyFailure | null> =>
  perform('/passkey/generate-register-options', '/passkey/verify-registration', (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON) }), { name });

/** Null when the person is signed in. */
export const enterByPasskey = (): Promise<CeremonyFailure | null> =>
  perform('/passkey/generate-authenticate-options', '/passkey/verify-authentication', (options) => navigator.credentials.get({ publicKey: { ...PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON), userVerification: 'required' } }), {});
