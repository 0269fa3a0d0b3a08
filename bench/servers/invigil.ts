import { buildApp } from '../../core/app.ts'
import { productionConfig } from '../scene/config.ts'
import { readSettings, serveBench } from './channel.ts'

const settings = readSettings()
await serveBench(await buildApp({ config: productionConfig(settings), databaseUrl: settings.databaseUrl }))
