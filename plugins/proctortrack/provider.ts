import { restProvider } from '@invigil/rest'
import { instructionsIn } from './instructions.ts'

/** Proctortrack follows the REST conventions but for two addresses, and has words of its own for learners. */
export default restProvider({
  attributes: {
    verboseName: 'Proctortrack',
    techSupportEmail: 'support@verificient.com',
    techSupportPhone: '+1 844-753-2020',
    learnerNotificationFromEmail: 'no-reply@verificient.com',
  },
  // the vendor's test host: a contract names another one
  baseUrl: 'https://testing.verificient.com',
  oauthUri: '/edx',
  paths: { instructor: '/launch/edx/instructor/{client}/?jwt={jwt}' },
  instructions: ({ language }) => instructionsIn(language),
  worker: './worker.ts',
})
