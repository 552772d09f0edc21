import type { Department, LayoutAccess } from '@datamesh/contracts';
import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { i18n } from '../../language/i18n';
import type { Circle } from '../../layouts/sharing/grants';

interface CircleChoiceProps {
  circle: Circle;
  rules: LayoutAccess['rules'];
  mayShare: boolean;
  departments: readonly Department[];
  /** `done`: what to say when it holds. */
  choose(circle: Circle, done: string): void;
}

/** Whom a layout is open to beside those it names, as far as the instance's rule lets this person say so. */
export function CircleChoice({ circle, rules, mayShare, departments, choose }: CircleChoiceProps) {
  const current = circle.kind === 'department' ? circle.department : null;
  const [wanted, setWanted] = useState(current ?? departments[0]?.id ?? null);
  const department = current ?? wanted;
  const titleOf = (id: string): string => departments.find((one) => one.id === id)?.title ?? id;
  const open = (id: string): void =>
    choose(
      { kind: 'department', department: id },
      i18n.t('Everybody in {department} may view it from now on.', { department: titleOf(id) }),
    );
  const mayDepartment = circle.kind === 'department' || (rules.department && department !== null);
  const mayCompany = circle.kind === 'company' || rules.company;
  return (
    <section className="sharing-part">
      <RadioGroup
        className="sharing-circles"
        value={circle.kind}
        isDisabled={!mayShare}
        onChange={(kind) => {
          if (kind === 'private') choose({ kind }, i18n.t('Only those who are added have access from now on.'));
          else if (kind === 'company') choose({ kind }, i18n.t('The whole company may view it from now on.'));
          else if (department !== null) open(department);
        }}
      >
        <Label>{i18n.t('Everybody else')}</Label>
        <Radio value="private" className="sharing-circle">
          <strong>{i18n.t('Nobody else')}</strong>
          <span>{i18n.t('Only those who are added above.')}</span>
        </Radio>
        <Radio value="department" className="sharing-circle" isDisabled={!mayDepartment}>
          <strong>{department === null ? i18n.t('A department') : titleOf(department)}</strong>
          <span>
            {mayDepartment
              ? i18n.t('Everybody there may view it, its power users may edit it.')
              : i18n.t('Your role does not share with a whole department here.')}
          </span>
        </Radio>
        <Radio value="company" className="sharing-circle" isDisabled={!mayCompany}>
          <strong>{i18n.t('The whole company')}</strong>
          <span>
            {mayCompany ? i18n.t('Everybody who signs in may view it.') : i18n.t('Your role does not share with the whole company here.')}
          </span>
        </Radio>
      </RadioGroup>
      {mayShare && rules.department && departments.length > 1 ? (
        <label className="sharing-department">
          {i18n.t('Department')}
          <select
            className="input"
            value={department ?? ''}
            onChange={({ target }) => {
              setWanted(target.value);
              if (circle.kind === 'department') open(target.value);
            }}
          >
            {departments.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </section>
  );
}
