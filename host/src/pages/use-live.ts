import { useCallback, useEffect, useMemo } from 'react';
import { pause } from '../api/pause';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { NewsTopic } from '../dashboard/widget-news';
import { useStore } from '../ui/use-store';
import { LiveQuestion, type LiveState } from './live-question';

export type Live<T> = LiveState<T> & { ask(): void };

/** What is asked of a widget, asked again with its news; `question` is taken as it is when `widget` or `more` changes. */
export function useLive<T>(
  controller: DashboardController,
  widget: string,
  topics: readonly NewsTopic[],
  question: () => Promise<T>,
  more = '',
): Live<T> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: widget and more say which question it is
  const live = useMemo(() => new LiveQuestion(question, { wait: pause, random: Math.random }), [widget, more]);
  const all = topics.join(' ');
  useEffect(() => {
    live.ask();
    const stop = controller.news.follow(widget, all.split(' ') as NewsTopic[], () => live.ask());
    return () => {
      stop();
      live.dispose();
    };
  }, [controller, live, widget, all]);
  const ask = useCallback(() => live.ask(), [live]);
  return { ...useStore(live.store), ask };
}
