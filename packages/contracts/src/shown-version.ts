/** A version as people read it: what a development build is made of says nothing to them. The whole one belongs in a tooltip. */
export const shownVersion = (version: string): string => version.replace(/^(\d+\.\d+\.\d+)-dev(?:\.[0-9a-z.-]*)?$/i, '$1 in development');
