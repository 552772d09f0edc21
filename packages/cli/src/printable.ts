/** What others wrote, for a terminal and for the log of a build server, both of which obey what some characters say. */

/** Controls but line break and tab, and marks that turn the direction of what follows. */
const steering = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const asEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text of several lines; each character that steers stands as its escape. */
export const printable = (text: string): string => text.replace(steering, asEscape);

/** A name within a line: nor does it begin another one, which a build server could take for a command of its own. */
export const inLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, asEscape);
