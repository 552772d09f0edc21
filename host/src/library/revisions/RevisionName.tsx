import type { RevisionSummary } from '@datamesh/contracts';
import { isTitle } from '@datamesh/contracts/titles';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import { asProblem } from '../../api/problem';
import { i18n } from '../../language/i18n';
import { titleRule } from '../../language/terms';
import { nameRevision } from './revision-calls';

interface RevisionNameProps {
  layout: string;
  revision: RevisionSummary;
  named(summary: RevisionSummary): void;
}

/** By its name a revision is found again among many. */
export function RevisionName({ layout, revision, named }: RevisionNameProps) {
  const [name, setName] = useState(revision.name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = name.trim();
  const wrong = wanted !== '' && !isTitle(wanted);
  const save = async (): Promise<void> => {
    setProblem(null);
    try {
      named(await nameRevision(layout, revision.revision, wanted === '' ? null : wanted));
    } catch (cause) {
      setProblem(asProblem(cause).message);
    }
  };
  return (
    <form
      className="revision-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save();
      }}
    >
      <TextField className="field" value={name} onChange={setName} maxLength={120} isInvalid={wrong || problem !== null}>
        <Label className="field-label">{i18n.t('Name of revision {revision}', { revision: revision.revision })}</Label>
        <Input className="input" placeholder={i18n.t('none')} />
        <FieldError className="field-errors">{problem ?? titleRule()}</FieldError>
      </TextField>
      <Button className="button" type="submit" isDisabled={wrong || wanted === (revision.name ?? '')}>
        {wanted === '' && revision.name ? i18n.t('Take the name away') : i18n.t('Name it')}
      </Button>
    </form>
  );
}
