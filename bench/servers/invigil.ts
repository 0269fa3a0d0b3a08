import { buildApp } from '../../core/app.ts'
import { productionConfig } from '../scene/config.ts'
import { readSettings, serveBench } from './channel.ts'
import { callDirectly, callThroughDoor } from './registrations.ts'

const settings = readSettings()
const app = await buildApp({ config: productionConfig(settings), databaseUrl: settings.databaseUrl })
await serveBench(app, { guarded: callThroughDoor(app.providers), direct: callDirectly })
