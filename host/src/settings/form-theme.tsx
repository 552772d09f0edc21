import {
  type ArrayFieldItemButtonsTemplateProps,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  ariaDescribedByIds,
  type BaseInputTemplateProps,
  type DescriptionFieldProps,
  descriptionId,
  errorId,
  type FieldErrorProps,
  type FieldTemplateProps,
  getInputProps,
  helpId,
  type IconButtonProps,
  type ObjectFieldTemplateProps,
  type RegistryWidgetsType,
  type TemplatesType,
  type WidgetProps,
} from '@rjsf/utils';
import { i18n } from '../language/i18n';
import { Icon, type IconName } from '../ui/Icon';
import { Choice } from './Choice';
import { fieldName } from './field-name';
import { OptionsWidget } from './OptionsWidget';

/** How rjsf draws a settings form here: labels above, descriptions and errors tied to their field, nothing of Bootstrap. */
function FieldTemplate({
  id,
  label,
  children,
  errors,
  description,
  hidden,
  required,
  displayLabel,
  rawErrors,
  uiSchema,
}: FieldTemplateProps) {
  if (hidden) return <div hidden>{children}</div>;
  const wired: unknown = uiSchema?.['ui:wired'];
  return (
    <div className="field" data-invalid={(rawErrors?.length ?? 0) > 0 || undefined}>
      {displayLabel ? (
        <label htmlFor={id} className="field-label">
          {fieldName(label)}
          {required && fieldName(label) === label ? <span className="field-required"> {i18n.t('needed')}</span> : null}
        </label>
      ) : null}
      {displayLabel ? description : null}
      {typeof wired === 'string' ? (
        <p id={helpId(id)} className="field-description">
          {wired} {i18n.t('What stands here is used until then.')}
        </p>
      ) : null}
      {children}
      {errors}
    </div>
  );
}

function DescriptionFieldTemplate({ id, description }: DescriptionFieldProps) {
  return description ? (
    <p id={id} className="field-description">
      {description}
    </p>
  ) : null;
}

function FieldErrorTemplate({ errors = [], fieldPathId }: FieldErrorProps) {
  const texts = [...new Set(errors.map(String))];
  if (texts.length === 0) return null;
  return (
    <ul id={errorId(fieldPathId)} className="field-errors">
      {texts.map((error) => (
        <li key={error}>{error}</li>
      ))}
    </ul>
  );
}

function ObjectFieldTemplate({ title, description, properties, fieldPathId }: ObjectFieldTemplateProps) {
  const content = properties.map((property) => property.content);
  // The outermost object is the form itself.
  if (fieldPathId.path.length === 0) return <div className="fields">{content}</div>;
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      {description ? <p className="field-description">{description}</p> : null}
      <div className="fields">{content}</div>
    </fieldset>
  );
}

function ArrayFieldTemplate({ title, schema, items, canAdd, onAddClick, disabled, readonly, fieldPathId }: ArrayFieldTemplateProps) {
  return (
    <fieldset className="field-group" id={fieldPathId.$id}>
      <legend>{title}</legend>
      {schema.description ? (
        <p id={descriptionId(fieldPathId)} className="field-description">
          {schema.description}
        </p>
      ) : null}
      <div className="field-items">{items}</div>
      {canAdd ? (
        <button type="button" className="button small" disabled={disabled || readonly} onClick={onAddClick}>
          <Icon name="plus" size={12} />
          {i18n.t('Add to {list}', { list: title.toLowerCase() })}
        </button>
      ) : null}
    </fieldset>
  );
}

function ArrayFieldItemTemplate({ children, buttonsProps, hasToolbar }: ArrayFieldItemTemplateProps) {
  return (
    <div className="field-item">
      <div className="field-item-content">{children}</div>
      {hasToolbar ? <ArrayFieldItemButtonsTemplate {...buttonsProps} /> : null}
    </div>
  );
}

function ArrayFieldItemButtonsTemplate(props: ArrayFieldItemButtonsTemplateProps) {
  const { disabled, hasMoveUp, hasMoveDown, hasRemove, index, onMoveUpItem, onMoveDownItem, onRemoveItem } = props;
  return (
    <div className="field-item-buttons">
      {hasMoveUp || hasMoveDown ? (
        <>
          <SmallButton
            label={i18n.t('Move item {index} up', { index: index + 1 })}
            icon="caret"
            turned
            disabled={disabled || !hasMoveUp}
            onClick={onMoveUpItem}
          />
          <SmallButton
            label={i18n.t('Move item {index} down', { index: index + 1 })}
            icon="caret"
            disabled={disabled || !hasMoveDown}
            onClick={onMoveDownItem}
          />
        </>
      ) : null}
      {hasRemove ? (
        <SmallButton label={i18n.t('Remove item {index}', { index: index + 1 })} icon="close" disabled={disabled} onClick={onRemoveItem} />
      ) : null}
    </div>
  );
}

interface SmallButtonProps {
  label: string;
  icon: IconName;
  turned?: boolean;
  disabled?: boolean | undefined;
  onClick: IconButtonProps['onClick'];
}

function SmallButton({ label, icon, turned, disabled, onClick }: SmallButtonProps) {
  return (
    <button
      type="button"
      className="button quiet icon-only small"
      aria-label={label}
      title={label}
      data-turned={turned}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={12} />
    </button>
  );
}

function BaseInputTemplate(props: BaseInputTemplateProps) {
  const {
    id,
    value,
    readonly,
    disabled,
    onBlur,
    onFocus,
    onChange,
    onChangeOverride,
    options,
    schema,
    type,
    required,
    placeholder,
    rawErrors,
    label,
    hideLabel,
  } = props;
  const input = getInputProps(schema, type, options);
  return (
    <input
      {...input}
      id={id}
      name={id}
      className="input"
      readOnly={readonly}
      disabled={disabled}
      required={required}
      placeholder={placeholder}
      value={value ?? ''}
      autoComplete="off"
      aria-label={hideLabel ? fieldName(label) : undefined}
      aria-invalid={(rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={onChangeOverride ?? (({ target }) => onChange(target.value === '' ? options.emptyValue : target.value))}
      onBlur={({ target }) => onBlur(id, target.value)}
      onFocus={({ target }) => onFocus(id, target.value)}
    />
  );
}

function TextareaWidget({ id, value, readonly, disabled, onChange, options, rawErrors, required }: WidgetProps) {
  return (
    <textarea
      id={id}
      name={id}
      className="input"
      rows={6}
      readOnly={readonly}
      disabled={disabled}
      required={required}
      value={value ?? ''}
      aria-invalid={(rawErrors?.length ?? 0) > 0}
      aria-describedby={ariaDescribedByIds(id)}
      onChange={({ target }) => onChange(target.value === '' ? options.emptyValue : target.value)}
    />
  );
}

function CheckboxWidget({ id, value, label, disabled, readonly, onChange, schema, options }: WidgetProps) {
  const description = options.description ?? schema.description;
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          id={id}
          name={id}
          checked={value === true}
          disabled={disabled || readonly}
          aria-describedby={ariaDescribedByIds(id)}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {description ? (
        <p id={descriptionId(id)} className="field-description field-description-check">
          {description}
        </p>
      ) : null}
    </>
  );
}

function SelectWidget({ id, label, value, disabled, readonly, onChange, options, schema, multiple, rawErrors }: WidgetProps) {
  const all = options.enumOptions ?? [];
  if (multiple) return <ManyWidget id={id} value={value} options={all} onChange={onChange} disabled={disabled || readonly} />;
  const items = all.map((option, index) => ({ id: String(index), label: String(option.label) }));
  const chosen = all.findIndex((option) => option.value === value);
  return (
    <Choice
      id={id}
      label={fieldName(label)}
      items={schema.default === undefined ? [{ id: '-1', label: i18n.t('Not set') }, ...items] : items}
      chosen={String(chosen)}
      invalid={(rawErrors?.length ?? 0) > 0}
      describedBy={ariaDescribedByIds(id)}
      disabled={disabled || readonly}
      choose={(index) => onChange(all[Number(index)]?.value)}
    />
  );
}

interface ManyWidgetProps {
  id: string;
  value: unknown;
  options: { value: unknown; label: string }[];
  disabled?: boolean | undefined;
  onChange(value: unknown[]): void;
}

function ManyWidget({ id, value, options, disabled, onChange }: ManyWidgetProps) {
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <div id={id} className="checks">
      {options.map((option) => (
        <label key={String(option.value)} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            disabled={disabled}
            onChange={({ target }) =>
              // In the order in which the schema names them.
              onChange(
                options.map((other) => other.value).filter((other) => (other === option.value ? target.checked : chosen.includes(other))),
              )
            }
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export const templates: Partial<Omit<TemplatesType, 'ButtonTemplates'>> = {
  FieldTemplate,
  DescriptionFieldTemplate,
  FieldErrorTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  ArrayFieldItemButtonsTemplate,
  BaseInputTemplate,
};

export const widgets: RegistryWidgetsType = {
  SelectWidget,
  RadioWidget: SelectWidget,
  CheckboxesWidget: (props: WidgetProps) => <SelectWidget {...props} multiple />,
  CheckboxWidget,
  TextareaWidget,
  OptionsWidget,
};
