import t from 'tap'
import { playFolder } from './play-folder.ts'

t.setTimeout(600_000)

await playFolder(t, 'own')
