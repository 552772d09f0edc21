/** One rule for every title and name that a person gives: layouts, panels, departments, widgets, tokens. The contract calls it `format: title`. */

/** Shown at the field, and in the answer of whoever refuses it. */
export const titleRule =
  'Needs at least one visible character, and none that steers text: no line break, no NUL, no half of a pair, no mark that turns its direction';

/** Controls, halves of surrogate pairs, line and paragraph separators, marks that turn the direction or the shape of what follows, or hide it as an annotation, and what is no character. */
const steering = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u2028\u2029\u206a-\u206f\ufff9-\ufffb]/u;
/** Characters that leave no mark although Unicode counts them as letters or symbols: fillers of Hangul, the empty Braille cell, a notehead that is none. */
const blank = /[\u115f\u1160\u3164\uffa0\u2800\u{1d159}]/gu;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const isTitle = (text: string): boolean => !steering.test(text) && visible.test(text.replace(blank, ''));
