import type { Problem } from '@datamesh/contracts';

/** What a person gets as `code: detail` on stderr. Codes of the registry pass through; the CLI's own are listed in README order:
 *  usage, folder_unreadable, widget_invalid, version_missing, registry_unreachable, audit_broken,
 *  deploy_exists, platform_unknown, team_not_owner, team_unknown, folder_exists, port_taken, packages_missing, package_unreadable, element_unknown,
 *  element_scattered, dependency_unknown, credentials_unreadable, token_malformed,
 *  argocd_unreachable, argocd_refused, channel_not_deployed, channel_held, rollback_nothing, rollback_ambiguous, rollback_failed,
 *  rollback_unfinished, not_reverted, layout_token_required, layouts_unpulled, layouts_elsewhere, layout_file_invalid, layout_file_unsafe,
 *  layout_file_missing, layout_newer, layout_conflict, instance_lacks, push_unfinished. */
export class CliError extends Error {
  readonly code: string;
  readonly detail: string;
  /** 2 for a wrong command line, 1 for everything else. */
  readonly exitCode: 1 | 2;
  /** The registry's, where it was the registry that refused. */
  readonly status: number | null;

  constructor(code: string, detail: string, exitCode: 1 | 2 = 1, status: number | null = null) {
    super(`${code}: ${detail}`);
    this.name = 'CliError';
    this.code = code;
    this.detail = detail;
    this.exitCode = exitCode;
    this.status = status;
  }
}

/** The registry's problem+json with every failing path on a line of its own. */
export function fromProblem(problem: Partial<Problem> | undefined, status: number): CliError {
  const details = [problem?.detail ?? problem?.title ?? `the registry answered ${status}`];
  for (const { path, message } of problem?.errors ?? []) details.push(`  ${path || '/'}: ${message}`);
  return new CliError(problem?.code ?? 'registry_error', details.join('\n'), 1, status);
}
