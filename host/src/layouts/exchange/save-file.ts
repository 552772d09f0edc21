/** Into the browser's downloads; the browser makes of `name` what its system takes as one. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by then, however busy it is.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
