import { Fragment, type ReactNode } from 'react';

/**
 * A text with elements among its words, wherever a language has them:
 * `rich((slots) => i18n.t('Changed {when}.', slots), { when: <time … /> })`. Further values go beside them: `{ ...slots, name }`.
 */
export function rich<Name extends string>(say: (slots: Record<Name, string>) => string, elements: Record<Name, ReactNode>): ReactNode {
  const names = Object.keys(elements) as Name[];
  const slots = Object.fromEntries(names.map((name) => [name, `${OPEN}${name}${CLOSE}`])) as Record<Name, string>;
  return (
    say(slots)
      .split(SLOT)
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      .map((part, at) => <Fragment key={`${at} ${part}`}>{at % 2 === 1 ? elements[part as Name] : part}</Fragment>)
  );
}

/** Of Unicode's private use: in no text of anybody. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const SLOT = new RegExp(`${OPEN}(\\w+)${CLOSE}`);
