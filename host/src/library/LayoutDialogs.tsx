import { isTitle } from '@datamesh/contracts/titles';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { LayoutList } from '../dashboard/open-dashboard';
import { i18n } from '../language/i18n';
import { titleRule } from '../language/terms';
import { removeForEver } from '../layouts/library-marks';

export function RenameDialog({ controller, close }: { controller: DashboardController; close(): void }) {
  return (
    <TitleForm controller={controller} close={close} submit={i18n.t('Rename')} choose={(title) => controller.actions.rename(title)}>
      {i18n.t('The new name is part of your changes until you save.')}
    </TitleForm>
  );
}

/** Before a layout is saved for the first time. */
export function NameDialog({ controller, close }: { controller: DashboardController; close(): void }) {
  return (
    <TitleForm controller={controller} close={close} submit={i18n.t('Save')} choose={(title) => void controller.actions.saveAs(title)}>
      {i18n.t('By its name you and others find it again.')}
    </TitleForm>
  );
}

interface TitleFormProps {
  controller: DashboardController;
  close(): void;
  submit: string;
  choose(title: string): void;
  children: ReactNode;
}

function TitleForm({ controller, close, submit, choose, children }: TitleFormProps) {
  const [title, setTitle] = useState(controller.active?.session.state.content.title ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choose(title);
      }}
    >
      <TextField
        className="field"
        value={title}
        onChange={setTitle}
        autoFocus
        maxLength={120}
        isRequired
        isInvalid={title !== '' && !isTitle(title)}
      >
        <Label className="field-label">{i18n.t('Title')}</Label>
        <Input className="input" onFocus={({ target }) => target.select()} />
        <FieldError className="field-errors">{titleRule()}</FieldError>
      </TextField>
      <p className="dialog-note">{children}</p>
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button primary" type="submit" isDisabled={!isTitle(title)}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** As long as the history keeps; characters, by the contract. */
const LONGEST_MESSAGE = 500;

/** A save that says in the history what it was for. */
export function SaveDialog({ controller, close }: { controller: DashboardController; close(): void }) {
  const [message, setMessage] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void controller.actions.saveWith(message);
      }}
    >
      <TextField className="field" value={message} onChange={setMessage} autoFocus maxLength={LONGEST_MESSAGE}>
        <Label className="field-label">{i18n.t('What has changed, and why')}</Label>
        <Input className="input" />
      </TextField>
      <p className="dialog-note">{i18n.t('It stands in the history of the layout, for everybody who can change it.')}</p>
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button primary" type="submit">
          {i18n.t('Save')}
        </Button>
      </div>
    </form>
  );
}

interface DeleteProps {
  controller: DashboardController;
  layout: { id: string; title: string };
  list: LayoutList | undefined;
  close(): void;
}

export function DeleteDialog({ controller, layout, list, close }: DeleteProps) {
  return (
    <>
      <p className="dialog-text">
        {i18n.t(
          '“{title}” goes away for everybody who can see it, and into your bin: for 30 days it can be restored as it is. Copies that others made stay.',
          { title: layout.title },
        )}
      </p>
      <div className="dialog-actions">
        <Button className="button" onPress={close} autoFocus>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button bad" onPress={() => void controller.actions.remove(layout, list)}>
          {i18n.t('Delete layout')}
        </Button>
      </div>
    </>
  );
}

interface DeleteForEverProps {
  controller: DashboardController;
  layout: { id: string; title: string };
  done(): void;
  close(): void;
}

export function DeleteForEverDialog({ controller, layout, done, close }: DeleteForEverProps) {
  const remove = (): void => {
    close();
    void controller.attempt(
      removeForEver(layout.id).then(() => {
        controller.toasts.show('info', i18n.t('“{title}” is gone.', { title: layout.title }));
        done();
      }),
    );
  };
  return (
    <>
      <p className="dialog-text">
        {i18n.t('“{title}” and its history cannot be brought back then. Copies that others made stay.', { title: layout.title })}
      </p>
      <div className="dialog-actions">
        <Button className="button" onPress={close} autoFocus>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button bad" onPress={remove}>
          {i18n.t('Delete for ever')}
        </Button>
      </div>
    </>
  );
}
