/** The module that the widget exposes: the class of the element, or the code that defines its tag. */

export interface Imported {
  specifier: string;
  /** What it exports the class as; undefined: it only defines the tag. */
  exported: string | undefined;
}

/** `content`: HTML that stands between the element's tags. */
export function entryText({ specifier, exported }: Imported, tag: string | undefined, content: string | undefined): string {
  const from = JSON.stringify(specifier).replaceAll('"', "'");
  if (content === undefined) {
    if (exported === undefined) return `// Defines <${tag}>, which "element" of widget.json names.\nimport ${from};\n`;
    return `export { ${exported === 'default' ? exported : `${exported} as default`} } from ${from};\n`;
  }
  const base =
    exported === undefined
      ? `import ${from};\n\nconst Element = await customElements.whenDefined('${tag}');\n`
      : `import ${exported === 'default' ? 'Element' : `{ ${exported} as Element }`} from ${from};\n`;
  return `${base}
/** What stands between the tags of the element. */
const content = \`
${content.replace(/[`\\]|\$\{/g, '\\$&').trim()}
\`;

/** The element under the tag that its maker has given it; under the dashboard's, where there is none. */
export default new Proxy(Element, {
  construct(Class, given, New) {
    const element = Reflect.construct(Class, given, customElements.getName(Class) === null ? New : Class);
    element.innerHTML = content;
    return element;
  },
});
`;
}
