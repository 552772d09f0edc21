// Imported before anything else and by whatever Node there is: nothing here is newer than ES modules themselves.
const WANTED = [20, 19, 4];

/** Whether `version` ("20.19.4") is at least WANTED. */
export function isNewEnough(version) {
  const parts = version.split('.').map(Number);
  for (let i = 0; i < WANTED.length; i++) {
    if (parts[i] !== WANTED[i]) return parts[i] > WANTED[i];
  }
  return true;
}

/** Exits with one line where Node is too old. */
export function requireNode() {
  if (isNewEnough(process.versions.node)) return;
  console.error(`Node ${process.versions.node} is too old: this needs ${WANTED.join('.')} or newer (see .nvmrc).`);
  process.exit(1);
}
