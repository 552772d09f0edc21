import { useId, useState } from 'react';
import { numberFormat } from '../language/formats';
import { i18n } from '../language/i18n';
import { fitting, named, type Option } from './option-sources';

interface ManyOptionsProps {
  id: string;
  label: string | undefined;
  options: readonly Option[];
  value: string;
  choose(value: string): void;
  invalid: boolean;
  disabled: boolean;
  describedBy: string | undefined;
}

/** As many as are offered at a time. */
const OFFERED = 100;

/** One of more than a list can hold: what is typed narrows what is offered, and counts once it is one of them. */
export function ManyOptions({ id, label, options, value, choose, invalid, disabled, describedBy }: ManyOptionsProps) {
  const list = useId();
  const hint = useId();
  const [typed, setTyped] = useState<string | null>(null);
  /** Only now a label counts: "Measure 1" is on the way to "Measure 10". */
  const finish = (): void => {
    const meant = typed === null ? undefined : named(options, typed);
    if (meant !== undefined) choose(meant);
    setTyped(null);
  };
  const offered = fitting(options, typed ?? '', OFFERED);
  return (
    <>
      <input
        id={id}
        name={id}
        className="input"
        list={list}
        value={typed ?? value}
        disabled={disabled}
        autoComplete="off"
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={[describedBy, hint].filter(Boolean).join(' ')}
        onChange={({ target }) => {
          const text = target.value;
          const isOne = text === '' || options.some((option) => option.value === text);
          setTyped(isOne ? null : text);
          if (isOne) choose(text);
        }}
        onBlur={finish}
        onKeyDown={({ key }) => key === 'Enter' && finish()}
      />
      <datalist id={list}>
        {offered.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </datalist>
      <p id={hint} className="field-description">
        {i18n.t('{count} to choose from: type a part of the name.', { count: numberFormat().format(options.length) })}
      </p>
    </>
  );
}
