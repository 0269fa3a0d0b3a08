import { readFile } from 'node:fs/promises'
import ts from 'typescript'

export interface Member { name: string, isOptional: boolean, type: string, note: string, signature: string }
export interface Declaration {
  kind: 'interface' | 'type' | 'const' | 'function'
  name: string
  note: string
  /** Without its words and its body. */
  text: string
  members: Member[]
  /** The name of the schema a type is made of. */
  schema: string | null
}

export interface Source {
  /** The words at the head of the first file, each with what it means. */
  words: readonly (readonly [word: string, meaning: string])[]
  declarations: ReadonlyMap<string, Declaration>
}

/** Everything that an entry file exports from files beside it, with the words that stand there. */
export async function readSource (entry: URL): Promise<Source> {
  const files = await readTree(entry, new Map())
  const declarations = [...files.values()].flatMap(file => file.statements.flatMap(statement => isExported(statement) ? describe(statement, file) : []))
  return { words: [...files.values()].flatMap(readWords), declarations: new Map(declarations.map(each => [each.name, each])) }
}

async function readTree (file: URL, seen: Map<string, ts.SourceFile>): Promise<Map<string, ts.SourceFile>> {
  if (seen.has(file.href)) return seen
  const source = ts.createSourceFile(file.pathname, await readFile(file, 'utf8'), ts.ScriptTarget.Latest, true)
  seen.set(file.href, source)
  const beside = source.statements.flatMap(node => ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? [node.moduleSpecifier.text] : [])
  for (const path of beside.filter(path => path.startsWith('./'))) await readTree(new URL(path, file), seen)
  return seen
}

const isExported = (node: ts.Node): boolean => ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

function describe (node: ts.Statement, file: ts.SourceFile): Declaration[] {
  const common = { note: noteOf(node, file), members: [], schema: null }
  if (ts.isInterfaceDeclaration(node)) {
    return [{ ...common, kind: 'interface', name: node.name.text, text: headOf(node), members: node.members.flatMap(member => describeMember(member, file)) }]
  }
  if (ts.isTypeAliasDeclaration(node)) {
    const members = ts.isTypeLiteralNode(node.type) ? node.type.members.flatMap(member => describeMember(member, file)) : []
    return [{ ...common, kind: 'type', name: node.name.text, text: oneLine(node.type.getText(file)), members, schema: /^Static<typeof (\w+)>$/.exec(node.type.getText(file))?.[1] ?? null }]
  }
  if (ts.isFunctionDeclaration(node) && node.name) {
    const text = node.getText(file).slice(0, (node.body?.getStart(file) ?? node.getEnd()) - node.getStart(file))
    return [{ ...common, kind: 'function', name: node.name.text, text: oneLine(text.replace(/^export (async )?function /, '')) }]
  }
  if (!ts.isVariableStatement(node)) return []
  return node.declarationList.declarations.map(each => ({ ...common, kind: 'const', name: each.name.getText(file), text: oneLine(each.initializer?.getText(file) ?? each.type?.getText(file) ?? '') }))
}

const headOf = (node: ts.InterfaceDeclaration): string => (node.heritageClauses ?? []).map(clause => oneLine(clause.getText())).join(' ')

function describeMember (node: ts.TypeElement, file: ts.SourceFile): Member[] {
  if (!ts.isPropertySignature(node) && !ts.isMethodSignature(node)) return []
  if (ts.isComputedPropertyName(node.name)) return []
  const signature = oneLine(node.getText(file))
  const type = ts.isPropertySignature(node) ? oneLine(node.type?.getText(file) ?? 'unknown') : signature.slice(signature.indexOf('('))
  return [{ name: node.name.getText(file), isOptional: node.questionToken !== undefined, type, note: noteOf(node, file), signature }]
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The words of the last block before something, as they stand. */
function noteOf (node: ts.Node, file: ts.SourceFile): string {
  const blocks = (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []).map(({ pos, end }) => file.text.slice(pos, end)).filter(text => text.startsWith('/**'))
  return plain(blocks.at(-1) ?? '').replaceAll(/^@param (\w+) /gm, '`$1`: ').replaceAll(/^@(returns|throws) /gm, '').replaceAll(/^@example (.+)$/gm, '\n```ts\n$1\n```')
}

const plain = (block: string): string => block.replace(/^\/\*\*/, '').replace(/\*\/$/, '').split('\n').map(line => line.replace(/^\s*\* ?/, '').trimEnd()).join('\n').trim()

/** A block that begins a file with a list under `Words`, two spaces in. */
function readWords (file: ts.SourceFile): [string, string][] {
  const head = /^\/\*\*[\s\S]*?\*\//.exec(file.text)?.[0] ?? ''
  if (!/^Words$/m.test(plain(head))) return []
  return plain(head).split(/^Words$/m)[1]?.split('\n').flatMap(line => {
    const [, word, meaning] = /^\s+(\S.*?)(?:\s{2,}| (?=the npm package))(\S.*)$/.exec(line) ?? []
    return word && meaning ? [[word, meaning] as [string, string]] : []
  }) ?? []
}
