import { shownVersion } from '@datamesh/contracts/versions';

export const Version = ({ version }: { version: string | null }) =>
  version === null ? <span className="deployments-small">nothing</span> : <strong title={version}>{shownVersion(version)}</strong>;
