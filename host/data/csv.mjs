/**
 * Rows of an RFC 4180 table with a header line, as objects of text.
 * @param {string} text
 * @returns {Record<string, string>[]}
 */
export function parseCsv(text) {
  const [header = [], ...rows] = recordsOf(text);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`a row has ${row.length} fields instead of ${header.length}: ${row.join(',')}`);
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
  });
}

function recordsOf(text) {
  const records = [];
  let record = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not a CSV table at character ${at}`);
    const [, value, end] = match;
    record.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ',') {
      records.push(record);
      record = [];
    }
  }
  return records;
}
