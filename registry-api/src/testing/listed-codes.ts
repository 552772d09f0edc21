/** Whatever services of this process answer below /api/v1, by the codes that the contract lists for the operation. */
import { registryProblems } from '@datamesh/contracts/registry-problems';
import { watchCodes } from '@datamesh/service/testing/listed-codes';

/** From now on. Returns what throws where one has answered with a code that is not listed. */
export function watchListedCodes(): () => void {
  const unlisted = watchCodes('/api/v1', registryProblems);
  return () => {
    const codes = unlisted();
    if (codes.length > 0) throw new Error(`Not listed in x-problem-codes of registry.openapi.yaml: ${codes.join(', ')}`);
  };
}
