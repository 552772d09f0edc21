/** What each variable is for that config.ts reads: the table of docs/deployments.md is made of it. */
import type { SettingDoc } from '@datamesh/service';

export const SETTINGS = {
  REGISTRY_URL: {
    what: 'where registry-api answers; by a name such as `registry-api.datamesh`, registry-api needs that name in its `ALLOWED_HOSTS`',
  },
  WIDGET_URL: {
    what: 'the widget’s own container, which serves package.json, widget.json, dist/ and their list, `files.json` (`datamesh files <folder> --out files.json`)',
    otherwise: '`http://127.0.0.1:8080`',
  },
  WIDGET_FOLDER: { what: 'or a mounted folder with them' },
  DATAMESH_CHANNEL: { what: 'the channel that these pods move' },
  TOKEN_FILE: { what: 'projected ServiceAccount token for the registry’s audience; read at each use' },
  POD_UID: { what: 'by the downward API' },
  POD_NAME: { what: 'by the downward API' },
  POD_NAMESPACE: { what: 'by the downward API' },
  KUBERNETES_API: {
    what: 'where the sidecar reads its ReplicaSet’s revision; its ServiceAccount needs `get` on pods and replicasets',
    otherwise: 'what every pod has',
  },
  KUBERNETES_CA_FILE: { what: 'the authority of its certificate', otherwise: 'what every pod has' },
  KUBERNETES_TOKEN_FILE: { what: 'the ServiceAccount’s token for it', otherwise: 'what every pod has' },
  DATAMESH_CLUSTER: { what: 'a name, where several clusters use one registry' },
  HEALTH_HOST: { what: 'where `/startup`, `/ready` and `/live` are answered' },
  HEALTH_PORT: { what: 'and the port; the same by exec: `datamesh-sidecar probe ready`' },
} as const satisfies Readonly<Record<string, SettingDoc>>;
export type Setting = keyof typeof SETTINGS;
