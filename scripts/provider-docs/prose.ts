import type { ProviderMethod } from '../../core/provider/index.ts'

/** What the source cannot say: how the parts belong together. Names of errors are checked against core/errors.ts when the page is made. */
export const OPENING = `# The provider contract

A provider is a plain object in an npm package. The host finds it by its name in the configuration, checks it, and calls it through one door. This page is made from
the source, \`core/provider/\`; do not edit it, run \`node scripts/generate-provider-docs.ts\`.

Begin with [your first provider](first-provider.md). When it works, let the host [look for what does not conform](conformance.md). What the host does
with a provider that hangs, lies or floods it is told in [hostile providers](hostile-providers.md).`

export const PACKAGE = `The package names its entry points and peer-depends on the host, so that there is one copy of the contract:

\`\`\`json
{ "name": "acme-proctoring", "type": "module", "peerDependencies": { "invigil": "^1.0.0" }, "keywords": ["invigil-provider"],
  "invigil": { "providers": { "acme": "./provider.js" } } }
\`\`\`

Each entry point's default export is what \`defineProvider\` makes of a definition; nothing else is accepted. All faults of all providers are told together at
start; their codes are those with "at start" in the [table of errors](../README.md#errors).`

export const OPTIONS = `\`options\` is a TypeBox schema of what the operator may write under \`options\` of this provider. An unknown key is a fault that names the nearest
known one; a default is applied where a key is missing; a text may be \`\${NAME}\`, which is replaced from the environment before it is checked. What is marked with \`Secret()\`
is checked like any text and is never logged, never part of an error and never shown by a command or the API. Every [attribute](#attributes) can be set there too.`

export const FAILURES = `| what happens in a method | who waits sees | is it the vendor's health? |
|---|---|---|
| \`throw refuse(status, detail)\` | that status (400 to 599) with \`detail\`, code \`INV_PROVIDER_REFUSED\` | a 4xx is one learner's trouble, a 5xx the vendor's |
| any other throw | 502 \`INV_PROVIDER_FAILED\` | yes |
| no answer within the deadline; the signal aborts | 504 \`INV_PROVIDER_TIMEOUT\` | yes |
| an answer that is not what the contract asks for | 502 \`INV_PROVIDER_BAD_ANSWER\`, with what was expected and found | yes |
| too many failures in a row: the method is not called for a while | 503 \`INV_PROVIDER_UNAVAILABLE\`, with the time of the next try | |
| the provider could not be started (\`on_boot_failure: disable\`) | 503 \`INV_PROVIDER_DISABLED\` | |
| the provider is retired in the configuration | 503 \`INV_PROVIDER_RETIRED\` | |

Errors leave the door with the names of provider, package and method, and without secrets. An effect that fails is tried again with growing pauses and given up
in the end; operators see it in \`invigil effects list\` and can send it again.`

/** Who sees what when this method fails; the table above says which status. */
export const ON_FAILURE: Readonly<Record<ProviderMethod, string>> = {
  registerAttempt: 'No attempt is made, and the learner is told why. When it is not known whether the vendor has registered it, its removal is queued.',
  startAttempt: 'Nobody waits; the learner works on. Tried again.',
  stopAttempt: 'Nobody waits; the attempt stays submitted. Tried again.',
  markAttemptError: 'Nobody waits. Tried again.',
  removeAttempt: 'Nobody waits; the attempt stays removed. Tried again, also after `false`.',
  examSaved: 'The exam stays saved. Tried again; a registration that needs the vendor\'s id before asks once more and fails with it.',
  getAttempt: 'The set-up page says that the vendor cannot be reached now; the attempt\'s data are answered with the error.',
  getSoftwareDownloadUrl: 'As for `getAttempt`.',
  getConfiguration: 'The exam\'s settings are answered with the error.',
  normaliseReview: 'The vendor\'s callback is answered with the error and the review is not stored.',
  getInstructorUrl: 'The instructor gets the error instead of the vendor\'s page.',
  retireUser: 'The platform is told that this vendor still has the learner; it may ask again.',
  getOnboardingProfiles: 'A course\'s list is answered 503 `INV_ONBOARDING_UNAVAILABLE`; for a single learner the host\'s own records are shown.',
  blocksContent: 'The content is shown: a broken provider keeps nobody from an exam under way.',
}

export const ASSETS = `Paths in the definition are relative to the entry file and must stay inside the package.

* **worker**: the script in the learner's browser. A module, CommonJS and a script that is classic already are all accepted; the host bundles it with all it imports
  into one classic script at start, once (kept by the content of every file it is made of). \`invigil/worker\` and \`@edx/edx-proctoring\` in it are the
  host's own wrapper: \`import { handlerWrapper } from 'invigil/worker'\`, then \`handlerWrapper(Handler)\`. The operator's \`worker_options\` are handed to
  the Handler. Served as \`/static/providers/<name>/worker-<hash>.js\` to any origin, for a year, immutable; source maps only outside production.
* **static**: a folder served as it is under \`/static/providers/<name>/<hash>/\`, with the same headers. Only files that were there at the start are served.
* **templates**: Liquid files \`<exam type>/<page>.liquid\` that replace the host's page of that name for this provider's exams, or are new parts for them. Everything is escaped.
* **locales**: \`<language>.yaml\` files, laid over the host's texts. A key that is missing in a language is taken from English.`
