import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import ts from 'typescript'

export const isScript = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('.d.ts')
export const compiledName = (path: string): string => path.replace(/\.ts$/, '.js')

/** One file as JavaScript. Types are not looked at: that is `npm run typecheck`. */
export async function compileScript (file: string, options: ts.CompilerOptions): Promise<string> {
  // the packages are modules, which a single file does not tell
  const compilerOptions = { ...options, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
  return ts.transpileModule(await readFile(file, 'utf8'), { compilerOptions, fileName: file, transformers: { after: [renameScripts] } }).outputText
}

/**
 * tsc gives the imports of a script their new endings. Scripts that are named in data (a provider's worker, the entry of a bundle)
 * and the imports of declarations get theirs here. A text is such a name when the file is there.
 */
export const renameScripts = (context: ts.TransformationContext) => (file: ts.SourceFile): ts.SourceFile => {
  const visit = (node: ts.Node): ts.Node => ts.isStringLiteral(node) && namesScript(file.fileName, node.text)
    ? context.factory.createStringLiteral(compiledName(node.text), true)
    : ts.visitEachChild(node, visit, context)
  return ts.visitEachChild(file, visit, context)
}

const namesScript = (from: string, text: string): boolean => /^\.\.?\//.test(text) && isScript(text) && existsSync(resolve(dirname(from), text))

export function readOptions (root: string): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile)
  if (error) throw new Error(`tsconfig.json: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`)
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options
}
