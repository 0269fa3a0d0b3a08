export { bodyString, signRequest, type SigningKeys } from './signature.ts'
export { examPassword } from './exam-password.ts'
export { examNameFor, splitName } from './names.ts'
