import t from 'tap'
import { playFolder } from './play-folder.ts'

// The whole sample takes minutes, and some vendors in it never answer.
t.setTimeout(1_800_000)

await playFolder(t, 'recorded')
