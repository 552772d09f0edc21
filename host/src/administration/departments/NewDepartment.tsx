import { isTitle } from '@datamesh/contracts/titles';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { departmentPagePath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { titleRule } from '../../language/terms';
import { putDepartment } from './department-calls';
import { isSlug, slugOf } from './slug';

interface NewDepartmentProps {
  controller: DashboardController;
  /** Ids. To put one of these would rename it. */
  taken: readonly string[];
  created(): void;
}

export function NewDepartment({ controller, taken, created }: NewDepartmentProps) {
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const id = typed ?? slugOf(title);
  const isTaken = taken.includes(id);
  const create = async (): Promise<void> => {
    await putDepartment(id, title.trim());
    setTitle('');
    setTyped(null);
    created();
    controller.toasts.show('good', i18n.t('{department} is a department.', { department: title.trim() }), {
      label: i18n.t('Open'),
      run: () => void controller.go(departmentPagePath(id)),
    });
  };
  return (
    <section aria-labelledby="new-department">
      <h2 id="new-department">{i18n.t('New department')}</h2>
      <form
        className="administration-form"
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          void controller.attempt(create()).finally(() => setBusy(false));
        }}
      >
        <TextField className="field" value={title} onChange={setTitle} maxLength={100} isInvalid={title !== '' && !isTitle(title)}>
          <Label className="field-label">{i18n.t('Title')}</Label>
          <Input className="input" />
          <FieldError className="field-errors">{titleRule()}</FieldError>
        </TextField>
        <TextField className="field" value={id} onChange={setTyped} maxLength={50} isInvalid={id !== '' && (!isSlug(id) || isTaken)}>
          <Label className="field-label">{i18n.t('Id, as the sign-in names it')}</Label>
          <Input className="input" spellCheck={false} autoCapitalize="none" />
          <FieldError className="field-errors">
            {isTaken ? i18n.t('There is a department of this id.') : i18n.t('Small letters, digits and hyphens, a letter first.')}
          </FieldError>
        </TextField>
        <Button className="button primary" type="submit" isDisabled={busy || !isTitle(title) || !isSlug(id) || isTaken}>
          {busy ? i18n.t('Creating…') : i18n.t('Create')}
        </Button>
      </form>
    </section>
  );
}
