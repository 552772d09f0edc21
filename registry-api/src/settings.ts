/** What each variable is for that config.ts reads, beside those of all services: README's table is made of it. */
import type { SettingDoc } from '@datamesh/service';

export const SETTINGS = {
  DATA_DIR: { what: 'of the embedded store, and of published files with `BLOBS=fs`' },
  MONGO_URL: { what: 'MongoDB instead of SQLite' },
  BLOBS: { what: 'where published files are kept: `fs`, `gridfs`', otherwise: '`fs`; `gridfs` with `MONGO_URL`' },
  TRACKER_URL: { what: 'the tracker, which is told whom to forget' },
  BOOTSTRAP_FILE: { what: 'the set-up secret, mode 0600', otherwise: '`bootstrap.json` beside `DATA_DIR`' },
  OIDC_ISSUER: { what: 'your OpenID Connect issuer; without one the service refuses to start' },
  OIDC_CLIENT_ID: { what: 'what the dashboard is called there' },
  OIDC_CLIENT_SECRET: { what: 'where the issuer wants one' },
  OIDC_SCOPE: { what: 'what the issuer is asked for; some need `groups`' },
  OIDC_SIGN_OUT: {
    what: '`issuer`: signing out ends the session at the issuer as well, where it has a place for that; `here`: that of the dashboard alone',
  },
  DATAMESH_DEV_ISSUER: {
    what: '`1`: the embedded issuer with four demo users, only with a loopback `PUBLIC_URL`; `npm start` sets it without an `OIDC_ISSUER`',
  },
  CLAIM_ROLES: { what: 'the claim that has somebody’s roles' },
  CLAIM_DEPARTMENTS: { what: 'departments' },
  CLAIM_TEAMS: { what: 'and teams' },
  CLAIM_GROUPS: {
    what: 'what groups of your directory give beside them, JSON or a file with it, see [docs/operations.md](docs/operations.md#sign-in-with-your-own-issuer)',
  },
  WORKLOAD_ISSUERS: { what: 'OIDC issuers of pods and CI jobs, JSON or a file with it, see [docs/deployments.md](docs/deployments.md)' },
  SHARE_WITH_PEOPLE: {
    what: 'roles that may share a layout with single people; admins always may, and what is shared already stays so',
  },
  SHARE_WITH_DEPARTMENT: { what: 'with a department of theirs' },
  SHARE_WITH_COMPANY: { what: 'with the whole company', otherwise: '`admin`' },
  SOURCES_ALLOWED: { what: 'data sources that a `widget.json` may name, separated by commas; `none` for none', otherwise: 'any' },
  SHARED_MISMATCH: {
    what: 'versions that share a library as a singleton in a range that the page’s copy is not in: `refuse` them, or `warn` who publishes, see [docs/widgets.md](docs/widgets.md#shared-libraries)',
  },
  LOOKALIKES_ALLOWED: {
    what: 'widgets that a team may publish although the name is easily taken for another team’s: `series-charts=risk`, separated by commas',
  },
  UPLOAD_SECONDS: { what: 'how long a published tarball may take to arrive; then 408' },
  LIMIT_SIGN_INS: {
    what: 'sign-ins that one address may begin (of IPv6 one /64), and as many that may come back from the issuer; `none` for no limit, as for all limits',
  },
  LIMIT_WRITES: { what: 'calls that change something, of one person or publish token' },
  LIMIT_READS: { what: 'and calls that read or resolve' },
  LIMIT_PEOPLE: { what: 'searches for people to share with, of one person' },
  LIMIT_STREAMS: { what: 'event streams of one person at the same time (a browser has one); then 429 `too_many_streams`' },
  NODE_ENV: { what: '`test`: an answer that breaks its contract becomes a 500; else it is logged and sent' },
} as const satisfies Readonly<Record<string, SettingDoc>>;
export type Setting = keyof typeof SETTINGS;
