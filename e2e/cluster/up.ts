/** What `npm run cluster:up` runs in namespaces of its own: the platform of the cluster tests, for people. Its ports are reached by sockets. */
import { join } from 'node:path';
import { door } from '../../scripts/cluster/door';
import { imageName } from './harness/images';
import { FOLDER, REMOTE } from './harness/manifests';
import { startPlatform } from './harness/platform';

const began = performance.now();
const { argo, git, product, images } = await startPlatform((what) => console.log(`${seconds()} s  ${what}…`));
const doors = process.env['DATAMESH_CLUSTER_DOORS'] ?? '';
for (const port of [4000, 8080, 9419]) await door({ path: join(doors, String(port)) }, { port, host: '127.0.0.1' });
console.log(`
Ready after ${seconds()} s. It ends with Ctrl-C, or npm run cluster:down.

  dashboard   ${product.url}
  Argo CD     http://localhost:8080 (admin, ${argo.password})
  manifests   git clone ${git.url}

Deploy another version of ${REMOTE.widget}, in the clone of the manifests (its version.yaml is all that changes), and go back by git revert:

  node ${join(import.meta.dirname, '../../tools/images/pin.ts')} ${FOLDER}/version.yaml \\
    ${images.get(imageName(REMOTE.widget, '2.0.0'))} 2.0.0
  git commit -am '${REMOTE.widget} 2.0.0' && git push
`);

function seconds(): string {
  return ((performance.now() - began) / 1000).toFixed(0).padStart(3);
}
