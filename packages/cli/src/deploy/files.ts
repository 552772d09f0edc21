/** The files of a remote's folder as the platform's ApplicationSets look for them: k8s/remotes/<name>/{base,envs/<environment>}. */

export interface RemoteDeployment {
  widget: string;
  team: string;
  version: string;
  /** host/name, with @sha256:… where there is one already. */
  image: string;
  environments: readonly string[];
  /** How kustomize gets from remotes/<name>/base to the platform's k8s/`folder`. */
  platform(folder: string): string;
}

/** Of an image that CI has not built yet: it names nothing, so nothing wrong can run. */
const NOT_BUILT = `sha256:${'0'.repeat(64)}`;

/** Path below `remotes/<name>/` -> text. */
export function filesOf(remote: RemoteDeployment): Map<string, string> {
  const files = new Map([
    ['base/account.yaml', account(remote)],
    ['base/kustomization.yaml', base(remote)],
  ]);
  for (const environment of remote.environments) {
    files.set(`envs/${environment}/kustomization.yaml`, ENVIRONMENT);
    files.set(`envs/${environment}/version.yaml`, version(remote));
  }
  return files;
}

const account = ({ widget, team }: RemoteDeployment): string => `\
# Whom the registry trusts: system:serviceaccount:team-${team}:${widget}. Everything else takes its name from here.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${widget}
automountServiceAccountToken: false
`;

const base = ({ widget, team, platform }: RemoteDeployment): string => `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: team-${team}
labels:
  - includeTemplates: true
    pairs:
      app.kubernetes.io/name: ${widget}
      datamesh/team: ${team}
resources:
  - account.yaml
components:
  - ${platform('base/remote')}
  - ${platform('components/sidecar')}
  - ${platform('components/pdb')}
`;

const ENVIRONMENT = `\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
patches:
  - path: version.yaml
`;

const version = ({ widget, team, version: number, image }: RemoteDeployment): string => `\
# The version that runs here, and nothing else: rolling back is reverting the commit that changed this file.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${widget}
  namespace: team-${team}
  labels:
    datamesh/team: ${team}
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/version: ${number}
    spec:
      containers:
        - name: widget
          image: ${image.includes('@') ? image : `${image}@${NOT_BUILT}`}
`;
