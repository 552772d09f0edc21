/** Declarations of a package's sources, whose relative imports name files: as every resolution of modules understands them. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const wording = (folder: string): ts.FormatDiagnosticsHost => ({
  getCanonicalFileName: (f) => f,
  getCurrentDirectory: () => folder,
  getNewLine: () => '\n',
});

/** Writes what `folder`/src declares below `outDir`. Throws with the compiler's words. */
export function declare(folder: string, outDir: string): void {
  const path = join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const files = fileNames.filter((file) => !/\.test\.tsx?$|dist-package|\.c?js$/.test(file));
  const program = ts.createProgram(files, {
    ...options,
    noEmit: false,
    allowImportingTsExtensions: false,
    declaration: true,
    emitDeclarationOnly: true,
    declarationMap: false,
    composite: false,
    incremental: false,
    rootDir: join(folder, 'src'),
    outDir,
  });
  // What it uses from elsewhere in this repository is bundled in, and not for others to know.
  const own: ts.WriteFileCallback = (path, text) => {
    if (path.startsWith(outDir)) ts.sys.writeFile(path, text);
  };
  const { diagnostics } = program.emit(undefined, own, undefined, true, { afterDeclarations: [withExtensions] });
  const errors = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, wording(folder)));
}

/** Of one module whose exports say all of their types themselves: what a program is made of is nobody else's. */
export async function declareAlone(file: string, out: string): Promise<void> {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(file, 'utf8'), {
    fileName: file,
    compilerOptions: { isolatedDeclarations: true },
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, wording(file)));
  if (/^import /m.test(outputText)) throw new Error(`${file} declares something by types of other modules`);
  await writeFile(out, outputText);
}

/** `./types` becomes `./types.js`, `./settings` of a folder `./settings/index.js`. */
const withExtensions: ts.TransformerFactory<ts.SourceFile | ts.Bundle> = (context) => (source) => {
  if (ts.isBundle(source)) return source;
  const here = dirname(source.fileName);
  const named = (text: string): string => (existsSync(join(here, `${text}.ts`)) ? `${text}.js` : `${text}/index.js`);
  const visit = (node: ts.Node): ts.Node => {
    const isPath = ts.isStringLiteral(node) && /^\.\.?\//.test(node.text) && !/\.\w+$/.test(node.text.replace(/^.*\//, ''));
    const { parent } = node;
    if (isPath && parent && (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)))
      return context.factory.createStringLiteral(named(node.text));
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitEachChild(source, visit, context);
};
