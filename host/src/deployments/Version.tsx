import { shownVersion } from '@datamesh/contracts/versions';
import { i18n } from '../language/i18n';

export const Version = ({ version }: { version: string | null }) =>
  version === null ? <span className="place-small">{i18n.t('nothing')}</span> : <strong title={version}>{shownVersion(version)}</strong>;
