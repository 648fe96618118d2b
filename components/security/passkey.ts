/*
 * Passkeys in the browser: its own JSON forms of WebAuthn in and out, no library.
 * https://developer.mozilla.org/docs/Web/API/PublicKeyCredential
 */

/** What the browser answered, or in words why not. */
export type PasskeyAnswer = { ok: true; answer: unknown } | { ok: false; message: string };

/** Has the browser make a passkey. */
export function makePasskey(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<PasskeyAnswer> {
  return ask(() =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    }),
  );
}

/** Has the browser sign with one of the person's passkeys. */
export function signWithPasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<PasskeyAnswer> {
  return ask(() =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    }),
  );
}

async function ask(work: () => Promise<Credential | null>): Promise<PasskeyAnswer> {
  if (!('PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential)) {
    return no('This browser knows no passkeys. Take another browser, or another way.');
  }
  try {
    const credential = await work();
    if (!credential) return no('The browser gave no passkey. Please try again.');
    return { ok: true, answer: (credential as PublicKeyCredential).toJSON() };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'InvalidStateError') return no('This device has a passkey for this account.');
    if (name === 'SecurityError') return no('Passkeys need this site’s own address, with https.');
    return no('It was not confirmed. Please try again when you are ready.');
  }
}

const no = (message: string): PasskeyAnswer => ({ ok: false, message });
