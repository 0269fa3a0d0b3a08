import { collectEvidence, type Evidence } from '../bench/evidence.ts'
import { findSecrets, SHORTEST_SECRET } from '../bench/secrets.ts'
import { defineGroup, NotApplicable, problem, type Check, type Problem } from '../check.ts'

/** Looks through one kind of text for every secret, plain and encoded. */
function lookThrough (id: string, title: string, where: (evidence: Evidence) => string, hint: string): Check<Evidence> {
  return {
    id,
    title,
    run: evidence => findSecrets(evidence.secrets, where(evidence)).map(name => problem('no secret there', `the secret "${name}", plain or encoded`, hint)),
  }
}

export default defineGroup<Evidence>({
  id: 'leaks',
  title: 'secrets stay secret',
  about: 'Calls everything with the vendor well, with one that repeats each request in its error, and with none; then looks for the secret options, plain and encoded (base64, hex, reversed, in addresses).',
  open: async target => ({ subject: await collectEvidence(target) }),
  checks: [
    {
      id: 'recognisable',
      title: 'the secrets of the trial are long enough to be looked for',
      run: ({ secrets, tooShort }) => {
        if (secrets.length === 1 && tooShort.length === 0) return new NotApplicable('the provider has no secret options')
        return tooShort.map((name): Problem => problem(`the secret option "${name}" to have at least ${SHORTEST_SECRET} characters`, 'fewer', 'Give a longer one in the conformance file; a short one is found everywhere by chance.'))
      },
    },
    lookThrough('log', 'no secret is logged', ({ logged }) => logged, 'Log ids and reasons; the host hides a secret as it stands, and cannot know every way to encode it.'),
    {
      id: 'console',
      title: 'nothing is written past the log',
      run: ({ printed }) => printed === '' ? undefined : problem('context.log and call.log to be used', `on the console: ${JSON.stringify(printed.slice(0, 160))}`, 'Take console.log out: what is written there is neither scoped nor redacted.'),
    },
    lookThrough('errors', 'no secret is in an error', ({ errors }) => errors, 'Errors go to learners and into logs: say what failed, not what was sent.'),
    lookThrough('answers', 'no secret is in an answer', ({ answers }) => answers, 'Answers go to browsers. Take the secret out; a signature made with it is fine.'),
    lookThrough('worker', 'no secret is in the script for the browser', ({ worker }) => worker, 'Everybody can read the script and its workerOptions.'),
    lookThrough('health', 'no secret is in what operators are shown', ({ health }) => health, 'Attributes and errors are shown by commands and by the API.'),
    {
      id: 'addresses',
      title: 'no secret is in an address',
      run: ({ secrets, calls }) => calls.flatMap(({ method, url }) => findSecrets(secrets, url)
        .map(name => problem('secrets in headers or bodies', `"${name}" in the address of a ${method}`, 'Addresses are logged by every proxy on the way: send the secret in a header.'))).slice(0, 3),
    },
  ],
})
