import type { LayoutContent, Panel, WidgetManifest } from '@datamesh/contracts';
import { setSettings } from '@datamesh/layout';
import Form from '@rjsf/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { i18n } from '../language/i18n';
import { locale } from '../language/language';
import type { Resolution } from '../remotes/resolution';
import { formSchema, pageSchema } from '../schema/linear-validation';
import { templates, widgets } from './form-theme';
import { interpretingValidator } from './interpreting-validator';
import type { OptionContext } from './option-sources';
import { patchOf, uiSchemaOf, withDefaults, withWires } from './settings-patch';

type Settings = Record<string, unknown>;
const validator = interpretingValidator<Settings, object>();

interface SettingsFormProps {
  /** Makes a change of the layout's content, which undo calls by the label. */
  edit(change: (content: LayoutContent) => LayoutContent, label: string): void;
  id: string;
  panel: Panel;
  resolution: Resolution;
  /** Of every panel of the layout, as far as they are known. */
  manifests: WidgetManifest[];
  /** Settings that wires set, and by what: as sentences. */
  wired?: ReadonlyMap<string, string>;
}

/** The widget's own settings, made from its schema. */
export function SettingsForm({ edit: editLayout, id, panel, resolution, manifests, wired }: SettingsFormProps) {
  const schema = useMemo(() => {
    // The dialect is the validator's business; rjsf would look for a validator of that name.
    const usable = formSchema(pageSchema(resolution.widget.settings ?? {}));
    const { $schema: _dialect, title: _title, description: _description, ...rest } = usable as RJSFSchema;
    return rest as RJSFSchema;
  }, [resolution]);
  const plain = useMemo(() => uiSchemaOf(schema), [schema]);
  // Where there are no wires it stays the same object, of which the form has nothing to read anew.
  const uiSchema = wired?.size ? withWires(plain, wired) : plain;
  const [form, setForm] = useState<Settings>(() => withDefaults(schema, panel.settings ?? {}));
  const own = useRef(panel.settings);
  useEffect(() => {
    // Undo, or the widget itself, changed them: what is typed and not yet valid gives way.
    if (JSON.stringify(own.current ?? {}) === JSON.stringify(panel.settings ?? {})) return;
    own.current = panel.settings;
    setForm(withDefaults(schema, panel.settings ?? {}));
  }, [panel.settings, schema]);

  const edit = (patch: Settings, label: string): void => {
    if (Object.keys(patch).length === 0) return;
    editLayout((content) => {
      const next = setSettings(content, id, patch);
      own.current = next.panels[id]?.settings;
      return next;
    }, label);
  };
  if (Object.keys(schema.properties ?? {}).length === 0)
    return <p className="field-description">{i18n.t('This widget has no settings of its own.')}</p>;
  const settings = panel.settings ?? {};
  const context: OptionContext = { settings: form, manifests };
  return (
    <>
      <Form<Settings, RJSFSchema, object>
        // What it says of its items it keeps until they change: in another language it is another form.
        key={locale()}
        tagName="div"
        idPrefix={`settings-${id}`}
        schema={schema}
        uiSchema={uiSchema}
        formData={form}
        validator={validator}
        templates={templates}
        widgets={widgets}
        formContext={context}
        liveValidate
        noHtml5Validate
        showErrorList={false}
        onChange={({ formData, errors }) => {
          const next = formData ?? {};
          setForm(next);
          // What is not valid stays in the form, with its error; the widget never sees it.
          if (errors.length === 0) edit(patchOf(schema, settings, next), i18n.t('Change settings'));
        }}
      >
        {/* Nothing to submit: every change is applied already. */}
        <span hidden />
      </Form>
      <Button
        className="button settings-reset"
        isDisabled={Object.keys(settings).length === 0}
        onPress={() => {
          edit(Object.fromEntries(Object.keys(settings).map((name) => [name, undefined])), i18n.t('Reset settings'));
          setForm(withDefaults(schema, {}));
        }}
      >
        {i18n.t('Reset to defaults')}
      </Button>
    </>
  );
}
