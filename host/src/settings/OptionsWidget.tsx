import { ariaDescribedByIds, type WidgetProps } from '@rjsf/utils';
import { useEffect, useState } from 'react';
import { keepAsking } from '../api/keep-asking';
import { pause } from '../api/pause';
import { i18n } from '../language/i18n';
import { Choice, type ChoiceItem } from './Choice';
import { fieldName } from './field-name';
import { ManyOptions } from './ManyOptions';
import { type Option, type OptionContext, type OptionsFrom, optionPorts, optionsKey, optionsOf } from './option-sources';

/** More than these are not drawn as a list: a source may well have ten thousand columns. */
const MAX_IN_LIST = 200;

type Listing = { state: 'loading' } | { state: 'failed'; temporary: boolean } | { state: 'ready'; options: Option[] };

/** What is set stays set, also when it is none of the choices (any more): it is marked, and only a person takes it away. */
export function OptionsWidget({
  id,
  label,
  value,
  disabled,
  readonly,
  required,
  onChange,
  schema,
  rawErrors,
  registry,
  hideLabel,
}: WidgetProps) {
  const from = schema['x-options'] as OptionsFrom;
  const listing = useOptions(from, registry.formContext as OptionContext);
  const [typing, setTyping] = useState(false);
  const invalid = (rawErrors?.length ?? 0) > 0;
  const describedBy = ariaDescribedByIds(id);

  if (typing || (listing.state === 'failed' && !listing.temporary) || (listing.state === 'ready' && listing.options.length === 0))
    return (
      <>
        <input
          id={id}
          name={id}
          className="input"
          value={value ?? ''}
          disabled={disabled}
          readOnly={readonly}
          autoComplete="off"
          aria-label={hideLabel ? fieldName(label) : undefined}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onChange={({ target }) => onChange(target.value)}
        />
        <p className="field-description">{i18n.t('There is no list to choose from here: write it.')}</p>
      </>
    );

  const options = listing.state === 'ready' ? listing.options : [];
  const known = options.findIndex((option) => option.value === value);
  const isSet = value !== undefined && (value !== '' || known >= 0);
  const gone = listing.state === 'ready' && isSet && known < 0;
  const choose = (option: string): void => onChange(option);
  if (options.length > MAX_IN_LIST)
    return (
      <>
        <ManyOptions
          id={id}
          label={hideLabel ? fieldName(label) : undefined}
          options={options}
          value={String(value ?? '')}
          choose={choose}
          invalid={invalid}
          disabled={(disabled || readonly) ?? false}
          describedBy={describedBy}
        />
        {gone ? <Gone value={String(value)} /> : null}
      </>
    );
  const items: ChoiceItem[] = options.map((option, index) => ({ id: String(index), label: option.label, detail: option.detail }));
  if (isSet && known < 0) items.unshift({ id: 'kept', label: String(value), detail: gone ? i18n.t('not available') : undefined });
  else if (!isSet && !required) items.unshift({ id: 'none', label: i18n.t('Not set') });
  return (
    <>
      <Choice
        id={id}
        label={fieldName(label)}
        items={items}
        chosen={known >= 0 ? String(known) : isSet ? 'kept' : 'none'}
        invalid={invalid}
        disabled={disabled || readonly}
        describedBy={describedBy}
        choose={(index) => {
          const option = options[Number(index)];
          if (option) choose(option.value);
        }}
      />
      {gone ? <Gone value={String(value)} /> : null}
      {listing.state === 'failed' ? (
        <p className="field-description" role="status">
          {i18n.t('The choices do not come right now. They are asked for again by themselves.')}{' '}
          <button type="button" className="link" onClick={() => setTyping(true)}>
            {i18n.t('Write it instead')}
          </button>
        </p>
      ) : null}
    </>
  );
}

function Gone({ value }: { value: string }) {
  return (
    <p className="field-description field-warning" role="status">
      {i18n.t('“{value}” is not there (any more). It stays until you choose another.', { value })}
    </p>
  );
}

function useOptions(from: OptionsFrom, context: OptionContext): Listing {
  const key = optionsKey(from, context);
  const [listing, setListing] = useState<Listing & { key: string }>({ state: 'loading', key });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the choices depend on
  useEffect(() => {
    const over = new AbortController();
    const set = (next: Listing): void => {
      if (!over.signal.aborted) setListing({ ...next, key });
    };
    keepAsking(
      () => optionsOf(from, context, optionPorts),
      ({ problem }) => problem && set({ state: 'failed', temporary: true }),
      { wait: pause, random: Math.random },
      over.signal,
    ).then(
      (options) => set({ state: 'ready', options }),
      () => set({ state: 'failed', temporary: false }),
    );
    return () => over.abort();
  }, [key]);
  return listing.key === key ? listing : { state: 'loading' };
}
