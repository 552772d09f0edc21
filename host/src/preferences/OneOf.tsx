import { type ReactNode, useId } from 'react';

interface OneOfProps<T extends string> {
  legend: string;
  hint?: string;
  chosen: T;
  choose(value: T): void;
  /** `lang`: of a text in another language than the page's. */
  options: readonly [value: T, text: string, lang?: string][];
  children?: ReactNode;
}

/** A choice of which each one applies as it is made. */
export function OneOf<T extends string>({ legend, hint, chosen, choose, options, children }: OneOfProps<T>) {
  const id = useId();
  return (
    <fieldset className="preference" aria-describedby={hint ? `${id}hint` : undefined}>
      <legend>{legend}</legend>
      {hint ? (
        <p className="place-small" id={`${id}hint`}>
          {hint}
        </p>
      ) : null}
      {options.map(([value, text, lang]) => (
        <label key={value} className="preference-option">
          <input type="radio" name={id} checked={value === chosen} onChange={() => choose(value)} />
          <span lang={lang}>{text}</span>
        </label>
      ))}
      {children}
    </fieldset>
  );
}
