import { type ReactNode, useEffect, useRef } from 'react';

export function Specimen({ of, children }: { of: string; children: ReactNode }) {
  return (
    <div className="specimen" data-specimen={of}>
      <p className="specimen-name">{of}</p>
      {children}
    </div>
  );
}

/** Made without React: `draw` puts it in, and may answer what takes it away. */
export function Drawn({ draw, className = '' }: { draw(place: HTMLElement): (() => void) | undefined; className?: string }) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a specimen is drawn once
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const end = draw(element);
    return () => {
      end?.();
      element.replaceChildren();
    };
  }, []);
  return <div className={`gallery-stage ${className}`} ref={place} />;
}
