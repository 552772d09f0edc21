import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Icon } from '../ui/Icon';

export interface ChoiceItem {
  id: string;
  label: string;
  detail?: string | undefined;
  mark?: ReactNode;
}

interface ChoiceProps {
  /** Of the button, for a label that stands elsewhere. */
  id?: string;
  label: string;
  items: ChoiceItem[];
  chosen: string | null;
  choose(id: string): void;
  invalid?: boolean;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
}

/** One of several. The name comes from `label`; what is chosen is read with it. */
export function Choice({ id, label, items, chosen, choose, invalid = false, disabled = false, describedBy }: ChoiceProps) {
  return (
    <Select
      className="choice"
      aria-label={label}
      aria-describedby={describedBy}
      value={chosen}
      isInvalid={invalid}
      isDisabled={disabled}
      onChange={(key) => {
        if (key !== null && String(key) !== chosen) choose(String(key));
      }}
    >
      <Button id={id} className="input choice-button">
        <SelectValue className="choice-value" />
        <Icon name="caret" size={14} />
      </Button>
      <Popover className="choice-popover" offset={4}>
        <ListBox className="choice-list" items={items}>
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.label} className="choice-item">
              {item.mark}
              <span className="choice-label">{item.label}</span> {item.detail ? <span className="choice-detail">{item.detail}</span> : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
