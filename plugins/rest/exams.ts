import type { Provider } from 'invigil/provider'
import { asId, asObject, asText, isLost, unexpected } from './answers.ts'
import { fillPath } from './paths.ts'
import type { VendorRequest } from './session.ts'
import type { Vendor } from './vendor.ts'
import { examBody } from './wire.ts'

/** What is said about exams, and what the vendor says about itself. */
export function examMethods (vendor: Vendor): Pick<Provider, 'examSaved' | 'getConfiguration' | 'getSoftwareDownloadUrl'> {
  const getConfiguration: Provider['getConfiguration'] = async call => {
    const request: VendorRequest = { method: 'GET', path: vendor.paths.configuration, localised: true }
    const answer = await vendor.session.send(request, call)
    const configuration = asObject(answer.json)
    if (!answer.ok || !configuration) throw unexpected(request, answer, '200 and a JSON object')
    return configuration
  }

  return {
    getConfiguration,
    getSoftwareDownloadUrl: async call => asText((await getConfiguration(call))?.['download_url']),
    examSaved: async (exam, call) => {
      const { exams, exam: one } = vendor.paths
      const path = exam.externalId ? fillPath(one, { exam: exam.externalId }) : exams
      const request: VendorRequest = { method: 'POST', path, json: examBody(exam, vendor.options.default_rules), idempotencyKey: call.idempotencyKey }
      const answer = await vendor.session.send(request, call)
      const id = asId(asObject(answer.json)?.['id'])
      // the protocol looks at the id, not at the status; without either the exam is not known there, and registrations would fail
      if (!answer.ok) call.log.warn({ status: answer.status, examId: exam.id }, 'the vendor answered the saved exam with an error')
      if (!id && (isLost(answer) || !answer.ok || !exam.externalId)) throw unexpected(request, answer, '200 and JSON with the exam\'s id')
      return id
    },
  }
}
