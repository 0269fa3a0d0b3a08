import { defineConformance } from 'invigil/testkit'

const WORDS = { passed: 'Clean', violation: 'Rules Violation', suspicious: 'Suspicious', not_reviewed: 'Not Reviewed' } as const

export default defineConformance({
  options: {
    organization: 'invigil',
    exam_sponsor: 'Invigil on trial',
    exam_register_endpoint: 'https://vendor.example/register',
    secret_key_id: 'trial',
    secret_key: 'rpnow-secret-on-trial-C0A8D3F1',
    crypto_key: '123456789123456712345678',
    software_download_url: 'https://vendor.example/download',
  },
  vendor: () => ({ fetch: () => Response.json({ ssiRecordLocator: crypto.randomUUID() }) }),
  review: (verdict, { externalId }) => ({
    examMetaData: { ssiRecordLocator: externalId },
    reviewStatus: WORDS[verdict],
    videoReviewLink: 'https://vendor.example/DirectLink-Generic/1',
    webCamComments: [{ comments: 'Looked away.', eventStatus: 'Suspicious', eventStart: 10, eventFinish: 20, duration: 10 }],
    desktopComments: [],
  }),
})
