/** The module that the widget exposes: the class of the element, or the code that defines its tag. */

export interface Imported {
  specifier: string;
  /** What it exports the class as; undefined: it only defines the tag. */
  exported: string | undefined;
}

export interface Around {
  /** HTML that stands between the element's tags. */
  content: string | undefined;
  /** Style sheets that its maker means for the page; modules of packages. */
  styles: readonly string[];
}

/** `tag`: known where there are styles. */
export function entryText(imported: Imported, tag: string | undefined, { content, styles }: Around): string {
  return [...(styles.length > 0 ? [stylesText(styles, tag)] : []), elementText(imported, tag, content)].join('\n');
}

const stylesText = (styles: readonly string[], tag: string | undefined): string =>
  `${styles.map((style, index) => `import style${index} from ${quoted(style)};\n`).join('')}
// Meant for the page, these are for the element alone: what they say of the root is said of it.
for (const style of [${styles.map((_style, index) => `style${index}`).join(', ')}]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`@scope (${tag}) { \${style.replaceAll(':root', ':scope')} }\`);
  document.adoptedStyleSheets.push(sheet);
}
`;

const quoted = (specifier: string): string => JSON.stringify(specifier).replaceAll('"', "'");

function elementText({ specifier, exported }: Imported, tag: string | undefined, content: string | undefined): string {
  const from = quoted(specifier);
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
