import { shownVersion } from '@datamesh/contracts/versions';

export const Version = ({ version }: { version: string | null }) =>
  version === null ? <span className="place-small">nothing</span> : <strong title={version}>{shownVersion(version)}</strong>;
