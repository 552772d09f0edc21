/** What a build lists its files in, beside widget.json: a JSON array of paths, as `datamesh files` writes it. */
export const FILE_LIST = 'files.json';
