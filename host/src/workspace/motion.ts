/** Whether little is to move: as the system asks, or as was chosen on this browser (styles/tokens.css). */
export const movesLittle = (): boolean =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--dm-motion')) === 0;
