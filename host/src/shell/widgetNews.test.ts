import type { RegistryEvent } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { WidgetNews } from './widgetNews';

const event = (type: RegistryEvent['type'], data: Record<string, unknown>) => ({ type, data });

describe('news of widgets', () => {
  it('reach whoever shows the widget and asked for the topic', () => {
    const news = new WidgetNews();
    const heard: string[] = [];
    const stop = news.follow('notes', ['widget', 'deployments'], () => heard.push('notes'));
    news.follow('usage', ['open-dashboards'], () => heard.push('usage'));
    news.hear(event('widgets.active-changed', { name: 'notes' }));
    news.hear(event('deployments.changed', { widgets: ['usage', 'notes'] }));
    news.hear(event('open-dashboards.changed', { widgets: ['notes', 'usage'] }));
    news.hear(event('layouts.changed', { layout: 'x' }));
    expect(heard).toEqual(['notes', 'notes', 'usage']);
    news.missed();
    expect(heard.slice(3)).toEqual(['notes', 'usage']);
    stop();
    news.hear(event('widgets.yanked', { name: 'notes' }));
    expect(heard).toHaveLength(5);
  });
});
