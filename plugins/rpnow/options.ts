import { Secret, Type, type Static } from 'invigil/provider'

const Text = (description: string) => Type.String({ minLength: 1, description })

export const rpnowOptions = Type.Object({
  organization: Text('our organization at the vendor'),
  exam_sponsor: Text('who holds the exams, as the vendor shows it'),
  exam_register_endpoint: Type.String({ pattern: '^https?://', description: 'where attempts are registered' }),
  secret_key_id: Text('id of the signing key'),
  secret_key: Secret({ description: 'signs registrations' }),
  crypto_key: Secret({ description: '16 or 24 bytes; makes exam passwords' }),
  software_download_url: Text('where learners get the secure browser'),
  send_email: Type.Boolean({ default: false, description: 'tell the vendor learners\' e-mail addresses' }),
  verbose_name: Type.String({ default: 'RPNow', description: 'name shown to people' }),
})
export type RpnowOptions = Static<typeof rpnowOptions>
