import { type RefObject, useEffect, useState } from 'react';

/** True from when it first came within `margin` (CSS length) of the screen. */
export function useSeen(frame: RefObject<HTMLElement | null>, margin: string): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
      },
      { rootMargin: margin },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame, margin]);
  return seen;
}
