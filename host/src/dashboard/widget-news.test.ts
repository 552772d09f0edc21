import type { RegistryEvent } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { WidgetNews } from './widget-news';

const event = (type: RegistryEvent['type'], data: Record<string, unknown>) => ({ type, data });

describe('news of widgets', () => {
  it('reach whoever shows the widget and asked for the topic', () => {
    const news = new WidgetNews();
    const heard: string[] = [];
    const stop = news.follow('notes', ['widget', 'deployments'], () => heard.push('notes'));
    news.follow('usage', ['open-dashboards'], () => heard.push('usage'));
    news.onRegistryEvent(event('widgets.active-changed', { name: 'notes' }));
    news.onRegistryEvent(event('deployments.changed', { widgets: ['usage', 'notes'] }));
    news.onRegistryEvent(event('open-dashboards.changed', { widgets: ['notes', 'usage'] }));
    const pins = news.follow('sales', ['pins'], () => heard.push('sales'));
    for (const department of ['sales', 'risk']) news.onRegistryEvent(event('pins.changed', { department, layout: 'x' }));
    pins();
    news.onRegistryEvent(event('layouts.changed', { layout: 'x' }));
    expect(heard).toEqual(['notes', 'notes', 'usage', 'sales']);
    news.missed();
    expect(heard.slice(4)).toEqual(['notes', 'usage']);
    stop();
    news.onRegistryEvent(event('widgets.yanked', { name: 'notes' }));
    expect(heard).toHaveLength(6);
  });
});
