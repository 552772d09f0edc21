/** How close together things are, and whether they move; what it means is in styles/tokens.css and styles/base.css. */
import { Choice } from './choice';

export type Density = 'comfortable' | 'compact';
export type Motion = 'system' | 'reduced';

export const density = new Choice<Density>('density', ['comfortable', 'compact']);
export const motion = new Choice<Motion>('motion', ['system', 'reduced']);

/** The edge wrote the same on the page already, where its cookies came along. */
export function startAppearance(): void {
  const { dataset } = document.documentElement;
  density.start((choice) => {
    if (choice === 'compact') dataset['density'] = choice;
    else delete dataset['density'];
  });
  motion.start((choice) => {
    if (choice === 'reduced') dataset['motion'] = choice;
    else delete dataset['motion'];
  });
}
