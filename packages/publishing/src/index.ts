/** What may be published, as the registry asks it of an upload and the CLI of a folder: one code for both. Node only. */
export { checkContent } from './check-content';
export { entryFile, extensionOf, fileTypes } from './check-files';
export { checkShared, fatalIn, type SharedFinding } from './check-shared';
export { type Described, type DescribedFile, describeVersion, integrityOf } from './describe-version';
export { limits } from './limits';
export { mountingScripts } from './mounting-scripts';
export type { PublishTarget } from './read-manifest';
export { Refusal, refused } from './refusal';
export { settingsValidator } from './settings-validator';
export { type Files, unpack } from './unpack';
export { checkVersion } from './version';
export { type Construct, processAtOnce } from './zlib-at-once';
