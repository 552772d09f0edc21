// Generated from registry.openapi.yaml by npm run generate.
const groups = {
  "every": [
    "token_invalid",
    "workload_algorithm_refused",
    "workload_audience_wrong",
    "workload_issuer_unavailable",
    "workload_issuer_unknown",
    "workload_key_unknown",
    "workload_signature_invalid",
    "workload_token_early",
    "workload_token_expired",
    "workload_token_malformed",
    "workload_token_replayed",
    "request_invalid",
    "host_ambiguous",
    "host_unknown",
    "header_too_large",
    "headers_too_large",
    "request_malformed",
    "request_too_slow",
    "storage_full",
    "store_unavailable",
    "stopping",
    "internal"
  ],
  "signed-in": [
    "session_unknown",
    "rate_limited"
  ],
  "person": [
    "session_unknown",
    "rate_limited",
    "session_required"
  ],
  "admin": [
    "session_unknown",
    "rate_limited",
    "session_required",
    "role_required"
  ],
  "window": [
    "rate_limited",
    "navigation_required"
  ],
  "publisher": [
    "session_unknown",
    "rate_limited",
    "bearer_token_required"
  ],
  "acting": [
    "session_unknown",
    "rate_limited",
    "bearer_token_required",
    "workload_not_trusted",
    "workload_ambiguous",
    "name_owned",
    "widget_unknown"
  ],
  "looking-after": [
    "session_unknown",
    "rate_limited",
    "team_mismatch",
    "widget_unknown"
  ],
  "layout": [
    "layout_unknown",
    "layout_binned"
  ],
  "content": [
    "layout_invalid",
    "layout_too_large",
    "widget_unknown"
  ],
  "sharing": [
    "department_missing",
    "department_not_yours",
    "sharing_too_wide"
  ],
  "saving": [
    "if_match_required",
    "revision_stale"
  ],
  "settings": [
    "overlay_too_large",
    "panel_unknown",
    "settings_invalid",
    "too_busy"
  ],
  "pinning": [
    "pin_not_allowed",
    "department_unknown",
    "pin_busy"
  ],
  "body": [
    "body_incomplete",
    "body_too_deep",
    "body_too_large",
    "body_too_slow",
    "json_malformed",
    "media_type_unsupported"
  ],
  "form": [
    "body_incomplete",
    "body_too_large",
    "body_too_slow",
    "media_type_unsupported"
  ],
  "tarball": [
    "container_invalid",
    "entry_missing",
    "entry_type_refused",
    "expose_missing",
    "file_type_refused",
    "manifest_invalid",
    "manifest_missing",
    "media_missing",
    "name_mismatch",
    "package_invalid",
    "package_missing",
    "path_duplicate",
    "path_unexpected",
    "path_unsafe",
    "public_path_refused",
    "settings_invalid",
    "source_refused",
    "tarball_malformed",
    "tarball_too_costly",
    "tarball_too_large",
    "too_many_entries",
    "version_invalid",
    "version_mismatch"
  ]
} as const;

/** By method and path: the codes that an operation answers problems with. */
export const registryProblems = {
  "GET /session": [...groups["every"], ...groups["person"]],
  "GET /session/sign-in": [...groups["every"], "rate_limited", "issuer_unavailable"],
  "GET /session/callback": [...groups["every"], ...groups["window"], "issuer_unavailable", "sign_in_unknown", "sign_in_failed", "sign_in_refused", "sign_in_not_fresh", "fresh_sign_in_required", "role_required", "team_unknown", "department_not_yours", "erasure_forbidden"],
  "POST /session/sign-out": [...groups["every"], "origin_refused"],
  "POST /session/back-channel-logout": [...groups["every"], ...groups["form"], "logout_token_invalid", "issuer_unavailable"],
  "GET /session/tokens/new": [...groups["every"], ...groups["window"], "token_scope", "issuer_unavailable", "role_required", "team_unknown"],
  "GET /session/tokens": [...groups["every"], ...groups["window"], "issuer_unavailable"],
  "POST /session/tokens": [...groups["every"], ...groups["window"], ...groups["form"], "ticket_over", "token_unknown"],
  "GET /session/erasure": [...groups["every"], ...groups["window"], "issuer_unavailable"],
  "POST /session/erasure": [...groups["every"], ...groups["window"], ...groups["form"], "ticket_over", "tracker_unavailable", "erasure_failed", "erasure_forbidden", "fresh_sign_in_required", "site_unknown", "identity_daily", "identity_unavailable", "not_signed_in", "erasure_not_stored"],
  "GET /tokens": [...groups["every"], ...groups["person"]],
  "POST /tokens": [...groups["every"], ...groups["person"], ...groups["body"], "fresh_sign_in_required", "token_scope"],
  "DELETE /tokens/{id}": [...groups["every"], ...groups["person"], "fresh_sign_in_required", "token_unknown"],
  "GET /departments": [...groups["every"], ...groups["person"]],
  "PUT /departments/{department}": [...groups["every"], ...groups["admin"], ...groups["body"]],
  "GET /pins/{department}": [...groups["every"], ...groups["person"], "department_not_yours", "pin_unknown", "layout_not_pinned"],
  "PUT /pins/{department}": [...groups["every"], ...groups["person"], ...groups["pinning"], ...groups["body"], ...groups["layout"], "layout_not_shared"],
  "PUT /pins/{department}/{layout}": [...groups["every"], ...groups["person"], ...groups["pinning"], ...groups["body"], ...groups["layout"], "layout_not_shared", "layout_not_pinned", "pins_full"],
  "DELETE /pins/{department}/{layout}": [...groups["every"], ...groups["person"], ...groups["pinning"], "layout_not_pinned"],
  "GET /widgets": [...groups["every"], ...groups["signed-in"], "cursor_invalid"],
  "GET /widgets/{name}": [...groups["every"], ...groups["signed-in"], "widget_unknown"],
  "GET /widgets/{name}/versions/{version}": [...groups["every"], ...groups["signed-in"], "widget_unknown", "version_unknown"],
  "PUT /widgets/{name}/versions/{version}": [...groups["every"], ...groups["signed-in"], ...groups["tarball"], "bearer_token_required", "workload_not_trusted", "workload_ambiguous", "name_owned", "name_lookalike", "team_mismatch", "version_exists", "too_many_versions", "shared_out_of_range", "upload_too_slow", "publishing_busy", "publish_too_slow", "media_type_unsupported"],
  "POST /widgets/{name}/versions/{version}/deprecate": [...groups["every"], ...groups["publisher"], ...groups["body"], "name_owned", "widget_unknown", "version_unknown"],
  "POST /widgets/{name}/versions/{version}/yank": [...groups["every"], ...groups["publisher"], ...groups["body"], "name_owned", "widget_unknown", "version_unknown"],
  "PUT /widgets/{name}/channels/{channel}": [...groups["every"], ...groups["acting"], ...groups["body"], "channel_reserved", "channel_held", "channel_cluster_owned", "version_unknown", "version_yanked"],
  "PUT /widgets/{name}/channels/{channel}/hold": [...groups["every"], ...groups["acting"], ...groups["body"], "team_mismatch", "channel_reserved", "channel_empty", "version_unknown", "version_yanked", "version_never_given"],
  "DELETE /widgets/{name}/channels/{channel}/hold": [...groups["every"], ...groups["acting"], "team_mismatch", "hold_changed"],
  "DELETE /widgets/{name}/channels/{channel}/owner": [...groups["every"], ...groups["acting"], "channel_in_use"],
  "GET /widgets/{name}/history": [...groups["every"], ...groups["looking-after"], "cursor_invalid"],
  "GET /widgets/{name}/open-dashboards": [...groups["every"], ...groups["looking-after"]],
  "PUT /open-dashboards/{page}": [...groups["every"], ...groups["person"], ...groups["body"]],
  "DELETE /open-dashboards/{page}": [...groups["every"], ...groups["person"]],
  "GET /deployments": [...groups["every"], ...groups["looking-after"]],
  "PUT /deployments/{lease}": [...groups["every"], ...groups["signed-in"], ...groups["body"], "workload_required", "workload_not_trusted", "workload_pod_mismatch", "widget_unknown", "channel_reserved", "version_unknown", "version_yanked", "lease_foreign", "lease_gone", "revision_backwards", "revision_conflict"],
  "DELETE /deployments/{lease}": [...groups["every"], ...groups["signed-in"], "workload_required", "lease_foreign"],
  "POST /syncs": [...groups["every"], ...groups["acting"], ...groups["body"]],
  "GET /trusts": [...groups["every"], ...groups["publisher"], "team_mismatch"],
  "POST /trusts": [...groups["every"], ...groups["publisher"], ...groups["body"], "team_mismatch", "issuer_unknown", "subject_too_wide", "channel_reserved", "too_many_trusts"],
  "DELETE /trusts/{id}": [...groups["every"], ...groups["publisher"], "trust_unknown"],
  "POST /resolve": [...groups["every"], ...groups["signed-in"], ...groups["body"]],
  "GET /layouts": [...groups["every"], ...groups["person"], "cursor_invalid"],
  "POST /layouts": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["content"], ...groups["sharing"]],
  "GET /people": [...groups["every"], ...groups["person"], "sharing_too_wide"],
  "GET /accounts": [...groups["every"], ...groups["admin"], "cursor_invalid"],
  "GET /access-requests": [...groups["every"], ...groups["person"]],
  "PUT /access-requests/{request}": [...groups["every"], ...groups["person"], ...groups["body"], "access_request_unknown", ...groups["layout"], "sharing_too_wide", "revision_stale"],
  "GET /layout-titles": [...groups["every"], ...groups["person"]],
  "GET /holding-layouts": [...groups["every"], ...groups["person"], ...groups["looking-after"], "role_required", "nothing_asked", "cursor_invalid"],
  "GET /layouts/{layout}": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "PUT /layouts/{layout}": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], "edit_not_allowed", ...groups["content"], ...groups["saving"], ...groups["sharing"], "sharing_not_allowed", "layout_pinned"],
  "DELETE /layouts/{layout}": [...groups["every"], ...groups["person"], ...groups["layout"], "delete_not_allowed", "layout_pinned", "layout_not_binned"],
  "POST /layouts/{layout}/restore": [...groups["every"], ...groups["person"], "layout_unknown", "delete_not_allowed", "layout_not_binned"],
  "PUT /layouts/{layout}/star": [...groups["every"], ...groups["person"], ...groups["layout"], "stars_full"],
  "DELETE /layouts/{layout}/star": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "PUT /layouts/{layout}/opened": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "PUT /layouts/{layout}/presence/{page}": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"]],
  "DELETE /layouts/{layout}/presence/{page}": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "POST /layouts/{layout}/clone": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], ...groups["content"]],
  "GET /layouts/{layout}/access": [...groups["every"], ...groups["person"], ...groups["layout"], "access_not_shown"],
  "PUT /layouts/{layout}/sharing": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], ...groups["saving"], ...groups["sharing"], "sharing_not_allowed", "layout_pinned"],
  "POST /layouts/{layout}/access-requests": [...groups["every"], ...groups["person"], ...groups["body"], "access_requests_waiting"],
  "GET /layouts/{layout}/upstream": [...groups["every"], ...groups["person"], ...groups["layout"], "edit_not_allowed", "upstream_unknown"],
  "POST /layouts/{layout}/pull": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], "edit_not_allowed", "upstream_unknown", "revision_unknown", ...groups["content"], ...groups["saving"]],
  "GET /layouts/{layout}/revisions": [...groups["every"], ...groups["person"], ...groups["layout"], "history_not_allowed", "cursor_invalid"],
  "GET /layouts/{layout}/revisions/{revision}": [...groups["every"], ...groups["person"], ...groups["layout"], "history_not_allowed", "revision_unknown"],
  "PUT /layouts/{layout}/revisions/{revision}/name": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], "history_not_allowed", "revision_unknown", "revision_names_full"],
  "PUT /layouts/{layout}/mine": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], ...groups["settings"]],
  "DELETE /layouts/{layout}/mine": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "PATCH /layouts/{layout}/mine": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], ...groups["settings"]],
  "GET /layouts/{layout}/draft": [...groups["every"], ...groups["person"], ...groups["layout"]],
  "PUT /layouts/{layout}/draft": [...groups["every"], ...groups["person"], ...groups["body"], ...groups["layout"], "layout_too_large", "revision_unknown", "draft_stale"],
  "DELETE /layouts/{layout}/draft": [...groups["every"], ...groups["person"], ...groups["layout"], "draft_stale"],
  "GET /audit": [...groups["every"], ...groups["admin"], "cursor_invalid"],
  "GET /settings": [...groups["every"], ...groups["admin"]],
  "GET /audit/verification": [...groups["every"], ...groups["admin"]],
  "POST /audit/verification": [...groups["every"], ...groups["signed-in"], "bootstrap_required", "role_required"],
  "GET /events": [...groups["every"], ...groups["person"], "event_id_invalid", "too_many_streams"],
} as const;

export type RegistryProblemCode<Operation extends keyof typeof registryProblems> = (typeof registryProblems)[Operation][number];
