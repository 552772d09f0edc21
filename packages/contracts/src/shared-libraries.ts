/**
 * The libraries of which the dashboard's page offers every widget one copy, as name and version: what a remote shares as a singleton becomes this copy.
 * The host provides exactly these (host/src/remotes/federation.ts), publishing compares with them.
 */
export const sharedLibraries = {
  react: '19.3.1',
  'react/jsx-runtime': '19.3.1',
  'react-dom': '19.3.1',
  'react-dom/client': '19.3.1',
} as const;
