import { type ReactNode, useEffect, useRef } from 'react';

/** Whoever comes from a menu or a link is told where they are: the focus is on the heading, unless it is somewhere already. */
export function PageHeading({ title, before, children }: { title: string; before?: ReactNode; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  }, []);
  return (
    <div className="place-head">
      {before}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}
