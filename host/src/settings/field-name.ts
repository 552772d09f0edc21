/** rjsf calls the second item of "Columns" `Columns-2`. */
export const fieldName = (label: string): string => label.replace(/-(\d+)$/, ' $1');
