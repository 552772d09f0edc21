import type { Department } from '@datamesh/contracts';
import { isTitle } from '@datamesh/contracts/titles';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { titleRule } from '../../language/terms';
import { putDepartment } from './department-calls';

/** Its id stays: the company's sign-in says by it who belongs here. */
export function RenameDepartment({
  controller,
  department,
  renamed,
}: {
  controller: DashboardController;
  department: Department;
  renamed(): void;
}) {
  const [title, setTitle] = useState(department.title);
  const [busy, setBusy] = useState(false);
  const rename = async (): Promise<void> => {
    await putDepartment(department.id, title.trim());
    controller.toasts.show('good', i18n.t('{before} is called {after} from now on.', { before: department.title, after: title.trim() }));
    renamed();
  };
  return (
    <section aria-labelledby="department-name">
      <h2 id="department-name">{i18n.t('Name')}</h2>
      <form
        className="administration-form"
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          void controller.attempt(rename()).finally(() => setBusy(false));
        }}
      >
        <TextField
          className="field"
          value={title}
          onChange={setTitle}
          maxLength={100}
          isRequired
          isInvalid={title !== '' && !isTitle(title)}
        >
          <Label className="field-label">{i18n.t('Title')}</Label>
          <Input className="input" />
          <FieldError className="field-errors">{titleRule()}</FieldError>
        </TextField>
        <Button className="button" type="submit" isDisabled={busy || !isTitle(title) || title.trim() === department.title}>
          {busy ? i18n.t('Renaming…') : i18n.t('Rename')}
        </Button>
      </form>
    </section>
  );
}
