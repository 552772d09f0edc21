// Generated from tracker.openapi.yaml by npm run generate.
const groups = {
  "every": [
    "not_signed_in",
    "identity_unavailable",
    "parameters_invalid",
    "rate_limited",
    "host_ambiguous",
    "host_unknown",
    "header_too_large",
    "headers_too_large",
    "request_malformed",
    "request_too_slow",
    "stopping",
    "internal"
  ],
  "asking": [
    "site_unknown",
    "too_busy",
    "query_timeout",
    "store_unavailable",
    "pinot_bad_answer",
    "pinot_busy",
    "pinot_query_failed",
    "pinot_refused",
    "pinot_unreachable"
  ],
  "range": [
    "range_empty",
    "range_invalid",
    "range_too_large"
  ],
  "filters": [
    "dimension_unknown",
    "too_few_visitors"
  ],
  "body": [
    "body_incomplete",
    "body_too_large",
    "body_too_slow"
  ]
} as const;

/** By method and path: the codes that an operation answers problems with. */
export const trackerProblems = {
  "GET /sites": [...groups["every"]],
  "GET /summary": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"], "compare_incomplete"],
  "GET /series": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"], "bucket_too_fine", "zone_unknown"],
  "GET /top": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"]],
  "GET /props": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"]],
  "GET /sessions": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"]],
  "GET /dwell": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"]],
  "GET /funnel": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"], "identity_daily", "too_many_events"],
  "GET /retention": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"], "identity_daily", "bucket_too_fine", "zone_unknown"],
  "GET /live": [...groups["every"], ...groups["asking"], ...groups["filters"]],
  "GET /drops": [...groups["every"], ...groups["asking"], ...groups["range"]],
  "GET /widgets": [...groups["every"], ...groups["asking"], ...groups["range"]],
  "GET /settings": [...groups["every"], "role_required"],
  "GET /export": [...groups["every"], ...groups["asking"], ...groups["range"], ...groups["filters"], "not_owner", "bucket_too_fine", "zone_unknown", "dimension_missing", "answer_incomplete"],
  "POST /erasures": [...groups["every"], "fresh_sign_in_required", "site_unknown", "erasure_forbidden", "identity_daily", "erasure_not_stored", ...groups["body"], "json_malformed", "media_type_unsupported"],
} as const;

export type TrackerProblemCode<Operation extends keyof typeof trackerProblems> = (typeof trackerProblems)[Operation][number];
