/** The pure rooms that are mutated: rules without input or output, where a test that misses a mutation misses a fault. */
export interface Room {
  title: string;
  /** Globs of what is mutated, from the repository's root; `!` leaves out. */
  mutate: string[];
  /** Globs of the tests that have to notice. */
  tests: string[];
}

export const rooms: Record<string, Room> = {
  layout: {
    title: 'the layout tree (packages/layout)',
    mutate: ['packages/layout/src/*.ts', '!packages/layout/src/index.ts', '!packages/layout/src/*.test.ts'],
    tests: ['packages/layout/src/*.test.ts'],
  },
  resolve: {
    title: 'what a spec means (registry-api/src/widgets/resolve.ts)',
    mutate: ['registry-api/src/widgets/resolve.ts'],
    tests: ['registry-api/src/widgets/resolve.test.ts'],
  },
  record: {
    title: 'the records of the spool (tracker/src/spool/record.ts)',
    mutate: ['tracker/src/spool/record.ts'],
    tests: ['tracker/src/spool/{record,spool}.test.ts'],
  },
  chain: {
    title: 'the chain of the audit log (registry-api/src/audit/audit.ts)',
    mutate: ['registry-api/src/audit/audit.ts'],
    tests: ['registry-api/src/audit/chain.test.ts'],
  },
  integrity: {
    title: 'what may be loaded, and why something was not (host/src/remotes)',
    mutate: ['host/src/remotes/{integrity,explain,tags}.ts'],
    tests: ['host/src/remotes/{integrity,explain,tags}.test.ts'],
  },
  interop: {
    title: 'what widgets say to each other (host/src/interop)',
    mutate: ['host/src/interop/*.ts', '!host/src/interop/{*.test,types,samples,context-titles}.ts'],
    tests: ['host/src/interop/*.test.ts'],
  },
};
