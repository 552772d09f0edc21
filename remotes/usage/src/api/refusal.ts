import { DataError } from '@datamesh/widget-sdk';

/** What a service says when it does not do as it is asked; its status alone where it says nothing. */
export async function refusal(response: Response): Promise<DataError> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
  const said = problem.detail ?? problem.title ?? `The server answered ${response.status}`;
  return new DataError(problem.code ?? `http_${response.status}`, said, response.status, response.headers.get('x-request-id'));
}
