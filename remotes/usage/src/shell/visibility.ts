/** Tells whether somebody can see an element: it is on the screen, and the page is. */
export function watchVisibility(element: Element, onChange: (visible: boolean) => void): () => void {
  let onScreen = true;
  const notify = (): void => onChange(onScreen && document.visibilityState === 'visible');
  const observer = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? true;
    notify();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', notify);
  notify();
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', notify);
  };
}
