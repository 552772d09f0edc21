/** As the registry writes it: `sha384-…`. */
export async function hashOf(bytes: ArrayBuffer, { subtle }: Crypto = crypto): Promise<string> {
  const digest = await subtle.digest('SHA-384', bytes);
  return `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
