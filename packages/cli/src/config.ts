/** What the command line leaves out comes from the environment. */
export const config = (env: NodeJS.ProcessEnv = process.env): { url: string; token: string | undefined } => ({
  url: env['DATAMESH_URL'] ?? 'http://localhost:4000',
  token: env['DATAMESH_TOKEN'],
});
