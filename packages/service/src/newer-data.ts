/** The data was written by a version of this program that is newer than this one: going on could lose what that one knows of. */
export class NewerData extends Error {
  override readonly name = 'NewerData';

  /** `program`: such as `the registry`. `where`: the file or database. `found` and `known`: what it keeps and what this version knows, as words. */
  constructor({ program, where, found, known }: { program: string; where: string; found: string; known: string }) {
    super(
      `${where} was written by a newer version of ${program} (${found}; this version knows ${known}). ` +
        'Start that version again, or restore a backup from before the upgrade: docs/operations.md',
    );
  }
}
