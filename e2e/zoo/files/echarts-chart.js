import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, TitleComponent, TooltipComponent, SVGRenderer]);

/** Bars of ECharts: the property `rows` is what is drawn, the attribute `heading` what it is called. */
class AcmeECharts extends HTMLElement {
  static observedAttributes = ['heading'];
  #rows = [
    ['a', 3],
    ['b', 5],
    ['c', 2],
  ];

  connectedCallback() {
    this.style.cssText = 'display: block; height: 100%; min-height: 160px';
    this.chart = init(this, undefined, { renderer: 'svg' });
    this.sized = new ResizeObserver(() => this.chart?.resize());
    this.sized.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.sized.disconnect();
    this.chart.dispose();
    this.chart = undefined;
  }

  attributeChangedCallback() {
    this.#draw();
  }

  set rows(rows) {
    this.#rows = rows ?? [];
    this.#draw();
  }

  #draw() {
    this.chart?.setOption({
      animation: false,
      title: { text: this.getAttribute('heading') ?? '' },
      tooltip: {},
      xAxis: { type: 'category', data: this.#rows.map(([name]) => name) },
      yAxis: {},
      series: [{ type: 'bar', data: this.#rows.map(([, value]) => value) }],
    });
  }
}
customElements.define('acme-echarts', AcmeECharts);
