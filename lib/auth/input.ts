import { z } from 'zod';

/*
 * What a browser's passkey says, in the JSON of WebAuthn level 3. Sizes are bounded here; what it means is checked by the
 * library. https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON
 */

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]+={0,2}$/);

const credential = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
};

/** A new passkey, as `navigator.credentials.create` answers it. */
export const registrationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8_000),
    attestationObject: base64url(40_000),
    transports: z
      .array(
        z
          .string()
          .max(20)
          .regex(/^[a-z-]+$/),
      )
      .max(10)
      .default([]),
  }),
});

/** A signature by a passkey, as `navigator.credentials.get` answers it. */
export const assertionAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8_000),
    authenticatorData: base64url(8_000),
    signature: base64url(8_000),
  }),
});

/** What a browser is told to make a passkey, or to sign with one. */
export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;
