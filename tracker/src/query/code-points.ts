/** Texts in the order that every engine must keep; `<` compares UTF-16 units instead. */
export const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
