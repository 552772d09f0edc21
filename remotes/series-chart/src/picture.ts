/** Chart.js on one canvas: only what the two figures need, no events, no tooltips of its own. Nothing it does touches HTML or style text. */
import {
  BarController,
  BarElement,
  BasicPlatform,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from 'chart.js';
import type { Colours, Figure } from './figure';

Chart.register(BarController, BarElement, CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement);

/** Its own platform for pages asks the browser for styles at every size, and so has it arrange the page anew for every chart. */
class Canvas extends BasicPlatform {
  override getDevicePixelRatio(): number {
    return devicePixelRatio;
  }
}

export class Picture {
  readonly #chart: Chart;
  readonly #axis: 'x' | 'y';
  #active: number | null = null;

  constructor(canvas: HTMLCanvasElement, figure: Figure, colours: Colours) {
    this.#axis = figure.axis;
    const config = figure.config(colours);
    this.#chart = new Chart(canvas, { ...config, platform: Canvas, plugins: [...(config.plugins ?? []), this.#crosshair(colours)] });
  }

  resize(width: number, height: number): void {
    if (width > 0 && height > 0) this.#chart.resize(width, height);
  }

  /** Shows what is drawn in another size, without drawing it anew. */
  stretch(width: number, height: number): void {
    if (width <= 0 || height <= 0) return;
    const { style } = this.#chart.canvas;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  /** Marks a value, or none. */
  mark(index: number | null): void {
    if (index === this.#active) return;
    this.#active = index;
    this.#chart.draw();
  }

  /** The value nearest to a place on the canvas, in CSS pixels. */
  nearest(x: number, y: number): number | null {
    const at = this.#axis === 'x' ? x : y;
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, element] of this.#chart.getDatasetMeta(0).data.entries()) {
      const distance = Math.abs(element[this.#axis] - at);
      if (distance < least) [best, least] = [index, distance];
    }
    return best;
  }

  placeOf(index: number): { x: number; y: number } | null {
    const element = this.#chart.getDatasetMeta(0).data[index];
    return element ? { x: element.x, y: element.y } : null;
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #crosshair(colours: Colours): Plugin {
    return {
      id: 'crosshair',
      afterDatasetsDraw: (chart) => {
        const index = this.#active;
        const first = index === null ? undefined : chart.getDatasetMeta(0).data[index];
        if (index === null || !first) return;
        const { ctx, chartArea } = chart;
        ctx.save();
        if (first instanceof BarElement) {
          ctx.strokeStyle = colours.accent;
          ctx.lineWidth = 2;
          const { height } = first.getProps(['height']);
          ctx.strokeRect(chartArea.left, first.y - height / 2 - 1, Math.min(first.x, chartArea.right) - chartArea.left, height + 2);
        } else {
          ctx.strokeStyle = colours['line-strong'];
          ctx.setLineDash([3, 3]);
          ctx.beginPath();
          ctx.moveTo(first.x, chartArea.top);
          ctx.lineTo(first.x, chartArea.bottom);
          ctx.stroke();
          ctx.setLineDash([]);
          for (const [at] of chart.data.datasets.entries()) {
            const point = chart.getDatasetMeta(at).data[index];
            if (!point || Number.isNaN(point.y)) continue;
            ctx.beginPath();
            ctx.arc(point.x, point.y, 4, 0, Math.PI * 2);
            ctx.fillStyle = at === 0 ? colours['series-1'] : colours['series-2'];
            ctx.fill();
            ctx.lineWidth = 2;
            ctx.strokeStyle = colours.surface;
            ctx.stroke();
          }
        }
        ctx.restore();
      },
    };
  }
}
