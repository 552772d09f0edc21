import { describe, expect, it } from 'vitest';
import { elementsIn } from './elements-manifest';

const one = (manifest: object, tag: string) => elementsIn(manifest).find((element) => element.tag === tag);

describe('a Custom Elements Manifest', () => {
  it('says where an element is defined, and what it inherits from classes of other modules', () => {
    const element = one(
      {
        schemaVersion: '1.0.0',
        modules: [
          {
            path: 'slider/slider.js',
            declarations: [{ kind: 'class', name: 'MdSlider', superclass: { name: 'Slider' }, customElement: true, tagName: 'md-slider' }],
            exports: [
              { kind: 'js', name: 'MdSlider', declaration: { name: 'MdSlider' } },
              { kind: 'custom-element-definition', name: 'md-slider', declaration: { name: 'MdSlider' } },
            ],
          },
          {
            path: 'slider/internal/slider.js',
            declarations: [
              {
                kind: 'class',
                name: 'Slider',
                description: 'Slides.',
                mixins: [{ name: 'Focusable' }],
                members: [
                  { kind: 'field', name: 'valueLabel', attribute: 'value-label', type: { text: 'string' } },
                  { kind: 'field', name: 'inner', privacy: 'private' },
                ],
                events: [{ name: 'change' }],
              },
              { kind: 'mixin', name: 'Focusable', attributes: [{ name: 'Disabled', type: { text: 'boolean' } }] },
            ],
          },
        ],
      },
      'md-slider',
    );
    expect(element).toMatchObject({ className: 'MdSlider', module: 'slider/slider.js', exported: 'MdSlider' });
    expect([...(element?.attributes ?? [])]).toEqual([
      ['value-label', { type: 'string', description: undefined }],
      ['disabled', { type: 'boolean', description: undefined }],
    ]);
    expect([[...(element?.properties ?? [])], [...(element?.events ?? [])]]).toEqual([['valueLabel'], ['change']]);
  });

  it('has the definition in a module of its own, which exports no class', () => {
    const button = { name: 'Button', module: 'dist/button.js' };
    const element = one(
      {
        modules: [
          {
            path: 'dist/button.js',
            declarations: [{ kind: 'class', name: 'Button', tagName: 'acme-button', customElement: true }],
            exports: [{ kind: 'js', name: 'Button', declaration: button }],
          },
          { path: 'dist/define.js', exports: [{ kind: 'custom-element-definition', name: 'acme-button', declaration: button }] },
        ],
      },
      'acme-button',
    );
    expect(element).toMatchObject({ module: 'dist/define.js', exported: undefined, className: 'Button' });
  });

  it('has a class without its tag, or without a definition: the module that exports it is taken', () => {
    const manifest = {
      modules: [
        {
          path: 'src/relative-time-element.ts',
          declarations: [
            {
              kind: 'class',
              name: 'RelativeTimeElement',
              customElement: true,
              attributes: [{ name: 'datetime' }, { name: 'n', default: '5' }],
            },
          ],
          exports: [
            { kind: 'js', name: 'RelativeTimeElement', declaration: { name: 'RelativeTimeElement' } },
            { kind: 'js', name: 'default', declaration: { name: 'RelativeTimeElement' } },
          ],
        },
        { path: 'src/other.ts', declarations: [{ kind: 'class', name: 'Other' }] },
      ],
    };
    expect(elementsIn(manifest)).toMatchObject([{ tag: 'relative-time', module: 'src/relative-time-element.ts', exported: 'default' }]);
    expect([...(one(manifest, 'relative-time')?.attributes ?? [])].map(([name, { type }]) => [name, type])).toEqual([
      ['datetime', undefined],
      ['n', 'number'],
    ]);
  });

  it('is of the form before the standard, or none at all', () => {
    const tags = [
      { name: 'cds-slider', path: './src/slider.ts', attributes: [{ name: 'max', type: 'number' }], events: [{ name: 'cds-changed' }] },
    ];
    expect(elementsIn({ version: 'experimental', tags })).toMatchObject([{ tag: 'cds-slider', module: './src/slider.ts' }]);
    for (const nothing of [undefined, null, [], {}, { modules: 5 }]) expect(elementsIn(nothing)).toEqual([]);
  });
});
