/** As text: host/development.config.ts. */
declare module '*.openapi.yaml' {
  const text: string;
  export default text;
}
