import { dirname, resolve } from 'node:path'
import ts from 'typescript'
import { renameScripts } from './scripts.ts'

/**
 * The declarations of the entries and of every file these lead to, by source file. Others are not published: nobody can import them.
 * @throws when a type cannot be written down for others
 */
export function writeDeclarations (entries: readonly string[], options: ts.CompilerOptions): Map<string, string> {
  const program = ts.createProgram([...entries], { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true })
  const written = new Map<string, string>()
  const waiting = [...entries]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (written.has(file)) continue
    const text = declare(program, file)
    written.set(file, text)
    waiting.push(...importsOf(file, text))
  }
  return written
}

function declare (program: ts.Program, file: string): string {
  const source = program.getSourceFile(file)
  let text = ''
  const { diagnostics } = program.emit(source, (_path, written) => { text = written }, undefined, true, {
    afterDeclarations: [context => node => ts.isSourceFile(node) ? renameScripts(context)(node) : node],
  })
  if (!source || diagnostics.length > 0) throw new Error(explain(file, diagnostics))
  return text
}

/** The sources behind the relative imports of a declaration. */
function importsOf (file: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName.replace(/\.js$/, '.ts')))
}

const explain = (file: string, diagnostics: readonly ts.Diagnostic[]): string =>
  `${file}: expected a type that can be published; found ${diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('; ') || 'no such file'}`
