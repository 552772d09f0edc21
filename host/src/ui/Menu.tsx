import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { keepBeside } from './beside-button';
import { Icon } from './Icon';

export type MenuItem =
  | 'separator'
  | {
      label: string;
      detail?: string | undefined;
      /** Of a choice: whether it is the chosen one. */
      checked?: boolean;
      /** Of a setting: whether it is on. */
      on?: boolean;
      /** A link keeps what links can: open in another tab, copy the address. */
      href?: string;
      tone?: 'bad';
      run(): void;
    };

export interface MenuProps {
  /** Accessible name of the button, also its tooltip. */
  label: string;
  button: ReactNode;
  items: MenuItem[];
  className?: string;
  heading?: ReactNode;
  align?: 'start' | 'end';
}

/** A menu on the browser's own popover: closes on Escape and outside clicks, gives the focus back, downloads nothing. */
export function Menu({ label, button, items, className = 'button quiet', heading, align = 'start' }: MenuProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const entries = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') list.current?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };

  return (
    <>
      <button
        type="button"
        ref={trigger}
        className={className}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          list.current?.showPopover();
        }}
      >
        {button}
      </button>
      <div
        id={id}
        ref={list}
        popover="auto"
        className="menu"
        role="menu"
        aria-label={label}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          if (event.newState !== 'open') return;
          if (trigger.current && list.current) keepBeside(list.current, trigger.current, align);
          (entries().find((entry) => entry.matches('[role="menuitemradio"][aria-checked="true"]')) ?? entries()[0])?.focus();
        }}
      >
        {heading}
        {items.map((item, index) =>
          item === 'separator' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: separators are all alike
            <hr key={`separator ${index}`} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries may be called alike
            <MenuEntry key={`${index} ${item.label}`} item={item} close={() => list.current?.hidePopover()} />
          ),
        )}
      </div>
    </>
  );
}

function MenuEntry({ item, close }: { item: Exclude<MenuItem, 'separator'>; close(): void }) {
  const shared = {
    className: 'menu-item',
    'data-tone': item.tone,
    tabIndex: -1,
  };
  const text = (
    <>
      <span className="menu-check">{item.checked || item.on ? <Icon name="check" size={14} /> : null}</span>
      <span className="menu-label">{item.label}</span>
      {item.detail ? <span className="menu-detail">{item.detail}</span> : null}
    </>
  );
  const choose = (): void => {
    close();
    item.run();
  };
  if (item.href !== undefined)
    return (
      <a
        {...shared}
        role="menuitem"
        href={item.href}
        aria-current={item.checked ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          choose();
        }}
      >
        {text}
      </a>
    );
  const role = item.on !== undefined ? 'menuitemcheckbox' : item.checked !== undefined ? 'menuitemradio' : 'menuitem';
  const state = role === 'menuitem' ? {} : { 'aria-checked': item.on ?? item.checked };
  return (
    <button {...shared} {...state} type="button" role={role} onClick={choose}>
      {text}
    </button>
  );
}
