import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { csvLine, parseCsv } from '../../csv.ts'
import { obscureUserId } from '../../domain/obscure-user-id.ts'
import { defineCommand, type CommandContext } from '../command.ts'
import { CommandFault } from '../faults.ts'

const OLD_KEY = 'DJANGO_SECRET_KEY'
const NEW_KEY = 'PROCTORING_USER_OBFUSCATION_KEY'

const obscureUserIds = defineCommand({
  name: 'obscure_user_ids',
  summary: 'List learners with the ids a vendor knows them by, under the old key and the new one',
  description: 'Reads a table with the columns email and user_id; writes email, existing_user_id, target_user_id. ' +
    `The old key comes from the environment as ${OLD_KEY}; the new one as ${NEW_KEY}, else from settings.user_obfuscation_key.`,
  options: {
    file: { kind: 'text', value: 'FILE', required: true, help: 'the table to read' },
    backend: { kind: 'text', value: 'NAME', default: 'proctortrack', help: 'the provider whose ids they are' },
    output: { kind: 'text', value: 'FILE', help: 'where to write it (else standard output)' },
  },
  async run (context, { file, backend, output }) {
    const { oldKey, newKey } = await readKeys(context)
    const people = await readPeople(resolve(context.cwd, file))
    const rows = people.map(({ email, userId }) => ({
      email, existing_user_id: obscureUserId(oldKey, userId, backend), target_user_id: obscureUserId(newKey, userId, backend),
    }))
    const table = [['email', 'existing_user_id', 'target_user_id'], ...rows.map(row => Object.values(row))].map(csvLine).join('')
    if (output !== undefined) await writeFile(resolve(context.cwd, output), table)
    context.out.say(output === undefined ? table.trimEnd() : `Wrote ${rows.length} lines to ${output}.`, rows)
  },
})

export default [obscureUserIds]

/** Keys are never arguments: those can be read by everybody on the machine. */
async function readKeys ({ env, loadConfig }: CommandContext): Promise<{ oldKey: string, newKey: string }> {
  const oldKey = env[OLD_KEY]
  if (!oldKey) throw new CommandFault(`The old key is missing: set ${OLD_KEY} in the environment.`)
  const newKey = env[NEW_KEY] || (await loadConfig()).settings.user_obfuscation_key
  if (!newKey) throw new CommandFault(`The new key is missing: set ${NEW_KEY} in the environment, or settings.user_obfuscation_key.`)
  return { oldKey, newKey }
}

async function readPeople (file: string): Promise<{ email: string, userId: number }[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(`The file ${file} cannot be read (${error.code}).`)
  })
  const [head = [], ...rows] = parseCsv(text) ?? []
  const [email, userId] = ['email', 'user_id'].map(name => head.findIndex(cell => cell.trim() === name))
  if (email === undefined || userId === undefined || email < 0 || userId < 0) throw new CommandFault(`${file}: expected the columns email and user_id in the first line, found ${head.join(', ') || 'nothing'}.`)
  return rows.map((row, index) => ({ email: row[email]?.trim() ?? '', userId: readUserId(row[userId], `${file}, row ${index + 1}`) }))
}

function readUserId (cell: string | undefined, where: string): number {
  if (!/^\s*\d{1,15}\s*$/.test(cell ?? '')) throw new CommandFault(`${where}: expected user_id to be a whole number, found "${cell ?? ''}".`)
  return Number(cell)
}
