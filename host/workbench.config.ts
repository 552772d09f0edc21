import { page } from './rspack.config';

/** For `datamesh check` and `datamesh dev`: it travels with the CLI. */
export default () => page('./src/workbench/main.tsx', '../packages/cli/dist/workbench', 250);
