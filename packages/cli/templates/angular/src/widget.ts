import { Component, input, ViewEncapsulation } from '@angular/core';
import { createCustomElement } from '@angular/elements';
import { createApplication } from '@angular/platform-browser';

/** The setting arrives as the attribute `greeting`; `subject` comes from the binding in widget.json. */
@Component({
  selector: 'app-greeting',
  template: `<p>{{ greeting() }}, {{ subject() ?? 'nobody yet' }}</p>`,
  styleUrl: './widget.css',
  encapsulation: ViewEncapsulation.ShadowDom,
})
class Greeting {
  readonly greeting = input<string>();
  readonly subject = input<string>();
}

const { injector } = await createApplication();

export default createCustomElement(Greeting, { injector });
