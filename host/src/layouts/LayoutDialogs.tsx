import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { Desk } from '../shell/desk';

export function RenameDialog({ desk, close }: { desk: Desk; close(): void }) {
  const [title, setTitle] = useState(desk.active?.session.state.content.title ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        desk.actions.rename(title);
      }}
    >
      <TextField className="field" value={title} onChange={setTitle} autoFocus maxLength={120} isRequired>
        <Label className="field-label">Title</Label>
        <Input className="input" onFocus={({ target }) => target.select()} />
      </TextField>
      <p className="dialog-note">The new name is part of your changes until you save.</p>
      <div className="dialog-actions">
        <Button className="button" onPress={close}>
          Cancel
        </Button>
        <Button className="button primary" type="submit" isDisabled={title.trim() === ''}>
          Rename
        </Button>
      </div>
    </form>
  );
}

export function DeleteDialog({ desk, close }: { desk: Desk; close(): void }) {
  return (
    <>
      <p className="dialog-text">
        “{desk.active?.session.state.layout.title}” goes away for everybody who can see it. Copies that others made stay.
      </p>
      <div className="dialog-actions">
        <Button className="button" onPress={close} autoFocus>
          Cancel
        </Button>
        <Button className="button bad" onPress={() => void desk.actions.remove()}>
          Delete layout
        </Button>
      </div>
    </>
  );
}
