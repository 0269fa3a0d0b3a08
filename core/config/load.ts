import { resolve } from 'node:path'
import { Check, Default } from 'typebox/value'
import { checkProduction } from './check-production.ts'
import { checkRules } from './check-rules.ts'
import { checkShape } from './check-shape.ts'
import { ConfigFaults, type ConfigFault } from './faults.ts'
import { isTree, join } from './parts.ts'
import { readConfigFile } from './read-file.ts'
import { ConfigSchema, type Config } from './schema.ts'
import { settle } from './settle.ts'
import { applyOverrides, substituteVariables, type Environment } from './variables.ts'

export const DEFAULT_CONFIG_FILE = 'config/default.yaml'

export interface LoadOptions {
  env: Environment
  /** Folder that relative paths start from. */
  cwd: string
  /** Wins over INVIGIL_CONFIG. */
  file?: string | undefined
}

/**
 * Reads, fills in, checks and freezes the configuration. Nothing else in the house reads files or the environment for settings.
 * @throws ConfigFaults with every fault at once
 */
export async function loadConfig ({ env, cwd, file }: LoadOptions): Promise<Config> {
  const name = file || env.INVIGIL_CONFIG || DEFAULT_CONFIG_FILE
  const read = await readConfigFile(resolve(cwd, name))
  if (read.faults.length > 0) throw new ConfigFaults(name, read.faults)
  const { config, faults } = buildConfig(read.tree, env)
  if (!config || faults.length > 0) throw new ConfigFaults(name, faults)
  return deepFreeze(config)
}

/** The pure part: from the parsed file and the environment to a configuration, or to all its faults. */
export function buildConfig (tree: unknown, env: Environment): { config: Config | null, faults: ConfigFault[] } {
  const substituted = substituteVariables(tree, env)
  const { origins } = substituted
  const overridden = isTree(substituted.tree) ? applyOverrides(substituted.tree, env, origins) : substituted.tree
  const settled = settle(ConfigSchema, overridden, origins)
  const faults = [...substituted.faults]
  addFaults(faults, checkShape(ConfigSchema, settled, origins))
  const config = leaveOut(settled, new Set(faults.map(fault => fault.key)))
  if (config === null) return { config, faults: faults.length > 0 ? faults : [unexplained] }
  addFaults(faults, [...checkRules(config), ...env.NODE_ENV === 'production' ? checkProduction(config) : []])
  return { config, faults }
}

/** Only met when checkShape overlooks something that the schema refuses. */
const unexplained: ConfigFault = { key: '', expected: 'what core/config/schema.ts asks for', found: 'something else', fix: 'Please report this with your file, secrets removed.' }

/** A key that was blamed once is not blamed again for what follows from it. */
function addFaults (faults: ConfigFault[], more: readonly ConfigFault[]): void {
  const blamed = new Set(faults.map(fault => fault.key))
  faults.push(...more.filter(fault => !blamed.has(fault.key)))
}

/** What is wrong in shape is left out, so that the rules between the other keys are still looked at; with a key that must not be missing goes what holds it. */
function leaveOut (tree: unknown, blamed: ReadonlySet<string>): Config | null {
  const config = Default(ConfigSchema, prune(tree, blamed))
  if (Check(ConfigSchema, config)) return config
  const wider = new Set([...blamed].map(parentOf).filter(key => key !== ''))
  return wider.size === 0 ? null : leaveOut(tree, wider)
}

const parentOf = (key: string): string => key.slice(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['), 0))

function prune (value: unknown, blamed: ReadonlySet<string>, path = ''): unknown {
  if (Array.isArray(value)) return value.filter((_, index) => !blamed.has(`${path}[${index}]`))
  if (!isTree(value)) return value
  const kept = Object.entries(value).filter(([key]) => !blamed.has(join(path, key)))
  const pruned = kept.map(([key, child]) => [key, prune(child, blamed, join(path, key)), child] as const)
  return Object.fromEntries(pruned.filter(([, now, before]) => !isEmptied(now, before)).map(([key, now]) => [key, now]))
}

/** A list that lost all its items goes as well: nobody wrote an empty one. */
function isEmptied (now: unknown, before: unknown): boolean {
  return Array.isArray(now) && now.length === 0 && Array.isArray(before) && before.length > 0
}

function deepFreeze<T> (value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const child of Object.values(value)) deepFreeze(child)
  return Object.freeze(value)
}
