/** A ServiceAccount's token says which pod it is mounted into: what a heartbeat says must agree. */
import type { Heartbeat } from '@datamesh/contracts';
import type { Caller } from '../http/caller';
import { problem } from '../http/problem';
import { claimAt } from '../identity/trusts/trust';

/** Throws 403 `workload_pod_mismatch`. A token without such claims, as other issuers make them, says nothing of pods. */
export function checkPod(caller: Caller, { pod, deployment }: Heartbeat): void {
  if (caller.kind !== 'workload') return;
  const claimed = (path: string) => claimAt(caller.claims, `kubernetes.io.${path}`);
  const pairs = [
    ['pod', claimed('pod.uid'), pod.uid],
    ['pod’s name', claimed('pod.name'), pod.name],
    ['namespace', claimed('namespace'), deployment.namespace],
  ] as const;
  for (const [what, inToken, inBody] of pairs)
    if (inToken !== undefined && inToken !== inBody)
      throw problem(403, 'workload_pod_mismatch', `The token is of the ${what} ${inToken}, the heartbeat of ${inBody}`);
}
