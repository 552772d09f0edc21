/** Tells whether somebody can see an element: it is on the screen, and the page is. */
export function watchSight(element: Element, tell: (visible: boolean) => void): () => void {
  let onScreen = true;
  const say = (): void => tell(onScreen && document.visibilityState === 'visible');
  const sight = new IntersectionObserver((entries) => {
    onScreen = entries.at(-1)?.isIntersecting ?? true;
    say();
  });
  sight.observe(element);
  document.addEventListener('visibilitychange', say);
  say();
  return () => {
    sight.disconnect();
    document.removeEventListener('visibilitychange', say);
  };
}
