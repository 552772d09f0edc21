/** What is kept in a browser, so that it can be read, and be written, with the key of one session only. */

/** Bytes before what is sealed. */
const IV = 12;

export interface Seal {
  /** Says which key it is, and nothing of it. */
  readonly name: string;
  /** Under which something is kept: says nothing of what it is. */
  addressOf(about: string): Promise<string>;
  seal(text: string, about: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws where it was sealed by another key, as something else, or is not what was sealed. */
  open(bytes: Uint8Array<ArrayBuffer>, about: string): Promise<string>;
}

/** `secret`: 32 bytes, base64url. */
export async function sealOf(secret: string): Promise<Seal> {
  const bytes = Uint8Array.from(atob(secret.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const digest = async (about: string): Promise<string> => {
    const hash = await crypto.subtle.digest('SHA-256', encoded(`${secret} ${about}`));
    return [...new Uint8Array(hash).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  const parameters = (iv: Uint8Array<ArrayBuffer>, about: string) => ({ name: 'AES-GCM', iv, additionalData: encoded(about) });
  return {
    name: await digest('name'),
    addressOf: (about) => digest(`address ${about}`),
    seal: async (text, about) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, about), key, encoded(text)));
      const whole = new Uint8Array(IV + sealed.length);
      whole.set(iv);
      whole.set(sealed, IV);
      return whole;
    },
    open: async (whole, about) =>
      new TextDecoder().decode(await crypto.subtle.decrypt(parameters(whole.slice(0, IV), about), key, whole.slice(IV))),
  };
}

const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
