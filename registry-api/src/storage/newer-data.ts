/** The data was written by a version of this program that is newer than this one: going on could lose what that one knows of. */
export class NewerData extends Error {
  override readonly name = 'NewerData';

  /** `where`: the file or database; `found` and `known` as words. */
  constructor(where: string, found: string, known: string) {
    super(
      `${where} was written by a newer version of the registry (${found}; this version knows ${known}). ` +
        'Start that version again, or restore a backup from before the upgrade: docs/operations.md',
    );
  }
}
